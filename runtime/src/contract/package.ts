import { type Static, Type } from 'typebox'

/**
 * Shapes of `/api/packages` and `/api/directory`: what process designers work with. Re-exported by `contract.ts`, whose
 * list of paths names the routes.
 */
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const Time = Type.String({ format: 'date-time' })
const PersonName = Type.Object({ id: Type.String(), name: Type.String() })
const UnitName = Type.Object({ id: Type.String(), name: Type.String(), level: Type.String() })

/** Id of a package: the `id` of its `package.yaml`. */
const PackageId = Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z_][\\w.-]*$' })
const FileName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^((scenarios|documents)/)?(?!\\.)[^/\\\\\\u0000-\\u001f]+$',
})

/** A published version: its number counts within the package. */
export const PackageVersion = Type.Object({
  version: Type.Integer(),
  note: Type.String(),
  publishedAt: Time,
  publishedBy: PersonName,
  /** `person` publishes in the studio or deploys; an interface or an operator leaves no note, and a `system` no name people know. */
  actorType: Type.Union([Type.Literal('person'), Type.Literal('client'), Type.Literal('system')]),
  /** Cases that run on it now. */
  running: Type.Integer(),
})
export type PackageVersion = Static<typeof PackageVersion>

/** A card of the list. */
export const PackageRow = Type.Object({
  id: PackageId,
  name: Type.String(),
  description: Nullable(Type.String()),
  department: Nullable(Type.String()),
  /** Unit whose designers keep it. */
  unit: UnitName,
  /** Names of the ring's stages, of the draft when there is one. */
  stages: Type.Array(Type.String()),
  /** Steps people fill, of the draft when there is one. */
  steps: Type.Integer(),
  published: Nullable(PackageVersion),
  /** Cases that run, over all versions. */
  running: Type.Integer(),
  /** What is not published yet; null when nothing was changed since. The counts are null until it has been judged. */
  draft: Nullable(
    Type.Object({
      savedAt: Time,
      savedBy: PersonName,
      errors: Nullable(Type.Integer()),
      warnings: Nullable(Type.Integer()),
    }),
  ),
  /** No new case may be started. */
  retired: Type.Boolean(),
  changedAt: Time,
})
export type PackageRow = Static<typeof PackageRow>

/** An example that a new package can be made from. */
export const PackageTemplate = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Nullable(Type.String()),
  stages: Type.Array(Type.String()),
  steps: Type.Integer(),
  scenarios: Type.Integer(),
})
export type PackageTemplate = Static<typeof PackageTemplate>

export const PackageList = Type.Object({
  items: Type.Array(PackageRow),
  templates: Type.Array(PackageTemplate),
  now: Time,
})
export type PackageList = Static<typeof PackageList>

/** What a new package starts from. */
export const NewPackage = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    from: Type.Union([
      Type.Object({ kind: Type.Literal('blank') }, { additionalProperties: false }),
      Type.Object(
        { kind: Type.Literal('template'), id: Type.String({ maxLength: 200 }) },
        { additionalProperties: false },
      ),
      /** A copy of the draft, or of what is published when there is none. */
      Type.Object({ kind: Type.Literal('package'), id: PackageId }, { additionalProperties: false }),
      /** Files that could not be saved because somebody else had saved meanwhile, or that were brought along. */
      Type.Object(
        {
          kind: Type.Literal('files'),
          files: Type.Array(
            Type.Object(
              { name: FileName, text: Type.String({ maxLength: 2_000_000 }) },
              { additionalProperties: false },
            ),
            { maxItems: 200 },
          ),
        },
        { additionalProperties: false },
      ),
    ]),
  },
  { additionalProperties: false },
)
export type NewPackage = Static<typeof NewPackage>

const ProblemFacts = Type.Record(Type.String(), Type.Unknown())
/** A finding as the engine makes it; the app has the words (`say`). */
export const PackageProblem = Type.Object({
  code: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  resource: Type.String(),
  elementId: Nullable(Type.String()),
  elementName: Nullable(Type.String()),
  facts: ProblemFacts,
})
export type PackageProblem = Static<typeof PackageProblem>

/** A package was made; `problems` say what of an imported model is not understood. Nothing was dropped from its files. */
export const PackageMade = Type.Object({ id: PackageId, problems: Type.Array(PackageProblem) })
export type PackageMade = Static<typeof PackageMade>

/**
 * A file of a draft. `revision` counts what changed its text, from 0 for one that nobody ever saved; it is never given
 * to two texts, so it goes on over publishing. `savedAt` and `savedBy` are null for the text as published.
 */
export const DraftFile = Type.Object({
  name: Type.String(),
  text: Type.String(),
  revision: Type.Integer(),
  savedAt: Nullable(Time),
  savedBy: Nullable(PersonName),
})
export type DraftFile = Static<typeof DraftFile>

/** A package to work on: the files of its draft, or as published last when nothing was changed since. */
export const Package = Type.Object({
  id: PackageId,
  name: Type.String(),
  unit: UnitName,
  files: Type.Array(DraftFile),
  /** Whether the files differ from what is published. */
  isDraft: Type.Boolean(),
  savedAt: Nullable(Time),
  published: Nullable(PackageVersion),
  running: Type.Integer(),
  retired: Type.Boolean(),
  /** Processes that can be called, forms and decisions of other packages: models may name them. */
  known: Type.Object({
    processes: Type.Array(Type.String()),
    forms: Type.Array(Type.String()),
    decisions: Type.Array(Type.String()),
    /** Keys of the roles and levels that models may name; absent while there is no organisation. */
    people: Type.Optional(Type.Object({ roles: Type.Array(Type.String()), levels: Type.Array(Type.String()) })),
    /** Keys of the fields of the version in use. Cases keep answers under them: a new field gets none of them. */
    fields: Type.Array(Type.String()),
    /** Ids that belong to other packages: a draft that holds one cannot be published. */
    taken: Type.Object({
      processes: Type.Array(Type.String()),
      decisions: Type.Array(Type.String()),
      forms: Type.Array(Type.String()),
    }),
  }),
  now: Time,
})
export type Package = Static<typeof Package>

/** Saves files whole or not at all. `text` null removes. `revision` is the one the change was made on, null for a new file. */
export const SaveFiles = Type.Object(
  {
    files: Type.Array(
      Type.Object(
        {
          name: FileName,
          text: Nullable(Type.String({ maxLength: 2_000_000 })),
          revision: Nullable(Type.Integer()),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 200 },
    ),
  },
  { additionalProperties: false },
)
export type SaveFiles = Static<typeof SaveFiles>
/** Revisions after the save. A save on an old revision is refused: 409 `DRAFT_CONFLICT`, facts `files`, `by`, `at`. */
export const FilesSaved = Type.Object({
  files: Type.Array(Type.Object({ name: Type.String(), revision: Type.Integer() })),
  savedAt: Time,
})
export type FilesSaved = Static<typeof FilesSaved>

/** Who has the package open now (asked every 15 s; gone after 40 s of silence), and what is saved. */
export const Presence = Type.Object({
  editors: Type.Array(Type.Object({ person: PersonName, since: Time, place: Type.String() })),
  revisions: Type.Array(
    Type.Object({
      name: Type.String(),
      revision: Type.Integer(),
      savedAt: Nullable(Time),
      savedBy: Nullable(PersonName),
    }),
  ),
})
export type Presence = Static<typeof Presence>
/** `place` is the part of the studio that is open (`bpmn`, `fields`, …); empty says good-bye. */
export const Here = Type.Object({ place: Type.String({ maxLength: 40 }) }, { additionalProperties: false })

/** Publishes the draft as it was seen: refused when a file was saved meanwhile. */
export const Publish = Type.Object(
  {
    note: Type.String({ minLength: 1, maxLength: 2000 }),
    files: Type.Array(Type.Object({ name: FileName, revision: Type.Integer() }, { additionalProperties: false }), {
      maxItems: 200,
    }),
  },
  { additionalProperties: false },
)
export type Publish = Static<typeof Publish>
export const Published = Type.Object({ version: Type.Integer(), problems: Type.Array(PackageProblem) })
export type Published = Static<typeof Published>

export const VersionFiles = Type.Object({
  version: PackageVersion,
  files: Type.Array(Type.Object({ name: Type.String(), text: Type.String() })),
})
export type VersionFiles = Static<typeof VersionFiles>

/** Why something is retired or taken back into use; recorded. */
export const Reason = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 2000 }) },
  { additionalProperties: false },
)
export type Reason = Static<typeof Reason>

/** The organisation as far as designers need it: roles and units to choose from. */
export const Directory = Type.Object({
  levels: Type.Array(Type.Object({ key: Type.String(), name: Type.String() })),
  roles: Type.Array(Type.Object({ key: Type.String(), name: Type.String(), level: Nullable(Type.String()) })),
  units: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), level: Type.String(), parentId: Nullable(Type.String()) }),
  ),
})
export type Directory = Static<typeof Directory>

/** Whom candidates mean in a unit: per role, where it is held, how many hold it, the first few by name. */
export const Holders = Type.Object({
  items: Type.Array(
    Type.Object({
      role: Type.String(),
      roleName: Type.String(),
      /** Null when the unit has no ancestor of the level asked for. */
      unit: Nullable(UnitName),
      count: Type.Integer(),
      people: Type.Array(PersonName),
    }),
  ),
})
export type Holders = Static<typeof Holders>

/** People and units that a form's pickers offer, by a search. */
export const PickPeople = Type.Object({
  items: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), about: Type.String() })),
})
export type PickPeople = Static<typeof PickPeople>
export const PickUnits = Type.Object({ items: Type.Array(UnitName) })
export type PickUnits = Static<typeof PickUnits>
