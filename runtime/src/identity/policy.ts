import {
  auditor,
  holds,
  operator,
  processDesigner,
  securityAdministrator,
  systemAdministrator,
  workPositions,
} from './role.ts'
import type { Person, Who } from './who.ts'

const isAdministrator = (person: Person): boolean =>
  [systemAdministrator, securityAdministrator, auditor].some((role) => holds(person, role))
const works = (person: Person): boolean => workPositions(person).length > 0

/**
 * Who may knock at a route. What is behind the door (which case, which task) is judged again on the row itself:
 * see `query/access.ts` and `work/`.
 */
const policies = {
  /** Anyone, signed in or not. */
  public: () => true,
  /** A person with a session, whatever he holds. */
  person: (who) => who.type === 'person',
  /** A person who takes part in cases. */
  work: (who) => who.type === 'person' && works(who),
  /** Those who look after people and their positions, and the auditor who checks them. */
  people: (who) => who.type === 'person' && isAdministrator(who),
  /** Drawings: systems, designers and those who work by them. */
  definitions: (who) => who.type === 'client' || (who.type === 'person' && (holds(who, processDesigner) || works(who))),
  /** Drawing and publishing in the studio. */
  design: (who) => who.type === 'person' && holds(who, processDesigner),
  /** Publishing a process. */
  deploy: (who) => who.type === 'client' || (who.type === 'person' && holds(who, processDesigner)),
  /** Repairing what is stuck: operators, within their units, and systems. */
  operate: (who) => who.type === 'client' || (who.type === 'person' && holds(who, operator)),
  /** Proofs of the trail as a whole. */
  audit: (who) => who.type === 'person' && holds(who, auditor),
  /** The archive package of a case: who takes part in cases, and the auditor. */
  archive: (who) => who.type === 'person' && (works(who) || holds(who, auditor)),
  /** Work through the interface of other systems: systems, and people by the same task rules. */
  tasks: (who) => who.type === 'client' || (who.type === 'person' && works(who)),
  /** Only other systems. */
  client: (who) => who.type === 'client',
  /** Anyone known: a person or a system. */
  known: (who) => who.type !== 'anonymous',
} as const satisfies { [policy: string]: (who: Who) => boolean }

export type Policy = keyof typeof policies

/** Whether the policy lets this person or system through. */
export function allows(policy: Policy, who: Who): boolean {
  const judge: (who: Who) => boolean = policies[policy]
  return judge(who)
}

/** What the app offers a person. */
export function abilities(person: Person) {
  return {
    work: works(person),
    design: holds(person, processDesigner),
    administer: holds(person, systemAdministrator),
    secure: holds(person, securityAdministrator),
    audit: holds(person, auditor),
    operate: holds(person, operator),
  }
}
