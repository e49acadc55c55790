import { Rejection } from '@bihuan/engine'
import type { Person, Who } from '../identity/who.ts'

/** The person who asks; the policy of the route has let only people through. */
export function personOf(who: Who): Person {
  if (who.type !== 'person') throw new Rejection('FORBIDDEN')
  return who
}
