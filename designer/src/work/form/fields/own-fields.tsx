import type { Component } from 'solid-js'
import { mergeProps } from 'solid-js'
import { type Field, solidField } from '../field-bridge.ts'
import { lateBody } from './late-body.tsx'
import type { OwnBodyProps, Surroundings } from './surroundings.ts'
import './own-fields.css'

/** What a type of ours is beside its body: the engine has its rules (`engine/src/form/field/<type>.ts`). */
interface OwnField {
  readonly body: Component<OwnBodyProps>
  /** Whether a value is one that the body can show; anything else counts as none. */
  readonly fits: (value: unknown) => boolean
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isList = (value: unknown): boolean => Array.isArray(value)
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

type Judge = typeof import('./own-faults.ts').ownFaults
let judge: Judge | undefined

/** What is wrong with a value of ours. Nothing before a field of ours is shown: the rules come along with the first. */
export const faultsNow: Judge = (...given) => judge?.(...given) ?? []

/** A body that is fetched when a form first shows it, and with it the rules of all. */
const late = (load: () => Promise<Component<OwnBodyProps>>): Component<OwnBodyProps> =>
  lateBody(async () => {
    const [body, rules] = await Promise.all([load(), import('./own-faults.ts')])
    judge = rules.ownFaults
    return { default: body }
  })

const texts = () => import('./text-bodies.tsx')
const picker: OwnField = {
  body: late(async () => (await import('./picker-body.tsx')).PickerBody),
  fits: (value) => isList(value) || isObject(value),
}

/** The types of this house by form-js type, each loaded when a form first shows it. */
const ownFields: { readonly [type: string]: OwnField } = {
  idNumber: { body: late(async () => (await texts()).IdNumberBody), fits: isText },
  mobile: { body: late(async () => (await texts()).MobileBody), fits: isText },
  money: { body: late(async () => (await texts()).MoneyBody), fits: isText },
  attendance: { body: late(async () => (await import('./attendance-body.tsx')).AttendanceBody), fits: isObject },
  votes: { body: late(async () => (await import('./votes-body.tsx')).VotesBody), fits: isObject },
  photo: { body: late(async () => (await import('./photo-body.tsx')).PhotoBody), fits: isList },
  signature: { body: late(async () => (await import('./signature-body.tsx')).SignatureBody), fits: isList },
  attachments: { body: late(async () => (await import('./attachments-body.tsx')).AttachmentsBody), fits: isList },
  rows: { body: late(async () => (await import('./rows-body.tsx')).RowsBody), fits: isList },
  person: picker,
  unit: picker,
}

/** The fields of this house for a form-js viewer. */
export function viewerFields(around: Surroundings): readonly (readonly [string, Field])[] {
  return Object.entries(ownFields).map(([type, { body: Body, fits }]) => [
    type,
    solidField(
      {
        type,
        keyed: true,
        name: type,
        group: 'basic-input',
        emptyValue: null,
        sanitizeValue: ({ value }) => (fits(value) ? value : null),
        create: (options = {}) => ({ ...options }),
      },
      (props) => <Body {...mergeProps(props, { around })} />,
      (field) => field.label ?? '',
    ),
  ])
}
