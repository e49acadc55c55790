import type { Key } from '../key.ts'
import type { AdHocSubProcessFacts } from './ad-hoc-sub-process.ts'
import type { CompensationFacts } from './compensation.ts'
import type { ElementFacts } from './element.ts'
import type { SubscriptionFacts, TimerFacts } from './event.ts'
import type { IncidentFacts } from './incident.ts'
import type { JobFacts } from './job.ts'
import type { MigrationFacts } from './migration.ts'
import type { MultiInstanceFacts } from './multi-instance.ts'
import type { ProcessInstanceFacts } from './process-instance.ts'
import type { UserTaskFacts } from './user-task.ts'

/** Values of the facts of a process instance stream. The projections and the trail read these and nothing else. */
export interface FactValues
  extends ProcessInstanceFacts,
    ElementFacts,
    UserTaskFacts,
    TimerFacts,
    SubscriptionFacts,
    CompensationFacts,
    JobFacts,
    IncidentFacts,
    MigrationFacts,
    MultiInstanceFacts,
    AdHocSubProcessFacts {}
export type FactKind = keyof FactValues

/** A fact as the step writes it. `key` is the entity it is about. */
export type Fact<K extends FactKind = FactKind> = K extends FactKind
  ? { readonly kind: K; readonly key: Key; readonly value: FactValues[K]; readonly version: 1 }
  : never
