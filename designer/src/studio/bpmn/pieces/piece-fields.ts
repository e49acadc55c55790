import type { FieldEntry } from '@bihuan/engine'
import { st } from '../../../i18n/studio.ts'

/**
 * Fields that pieces bring into the dictionary. Names and keys are made free by `Names.field`. What somebody judges,
 * counts or notes is asked anew: the way may lead back to his step, and his former word is none on what he sees now.
 */
export const conclusion = (): FieldEntry => ({
  key: 'conclusion',
  name: st('pieces.field.conclusion'),
  kind: 'choice',
  group: st('pieces.field.reviewGroup'),
  options: [
    { value: 'agree', label: st('pieces.field.agree') },
    { value: 'return', label: st('pieces.field.return') },
  ],
  anew: true,
  grade: 'internal',
  purpose: st('pieces.field.conclusionPurpose'),
})

export const opinion = (): FieldEntry => ({
  key: 'opinion',
  name: st('pieces.field.opinion'),
  kind: 'longText',
  group: st('pieces.field.reviewGroup'),
  maxLength: 2000,
  anew: true,
  grade: 'internal',
  purpose: st('pieces.field.opinionPurpose'),
})

export const signResult = (): FieldEntry => ({
  key: 'sign_result',
  name: st('pieces.field.signResult'),
  kind: 'choice',
  group: st('pieces.field.signGroup'),
  options: [
    { value: 'agree', label: st('pieces.field.agree') },
    { value: 'disagree', label: st('pieces.field.disagree') },
  ],
  anew: true,
  grade: 'internal',
  purpose: st('pieces.field.signPurpose'),
})

export const signOpinion = (): FieldEntry => ({
  key: 'sign_opinion',
  name: st('pieces.field.signOpinion'),
  kind: 'longText',
  group: st('pieces.field.signGroup'),
  maxLength: 2000,
  anew: true,
  grade: 'internal',
  purpose: st('pieces.field.signPurpose'),
})

export const attendance = (): FieldEntry => ({
  key: 'attendance',
  name: st('pieces.field.attendance'),
  kind: 'attendance',
  group: st('pieces.field.voteGroup'),
  anew: true,
  grade: 'public',
  purpose: st('pieces.field.attendancePurpose'),
})

/** Votes whose present must be that of the attendance field. */
export const votes = (attendanceKey: string): FieldEntry => ({
  key: 'votes',
  name: st('pieces.field.votes'),
  kind: 'votes',
  group: st('pieces.field.voteGroup'),
  attendance: attendanceKey,
  anew: true,
  grade: 'public',
  purpose: st('pieces.field.votesPurpose'),
})

export const read = (): FieldEntry => ({
  key: 'acknowledged',
  name: st('pieces.field.acknowledged'),
  kind: 'yesNo',
  group: st('pieces.field.informGroup'),
  anew: true,
  grade: 'internal',
  purpose: st('pieces.field.acknowledgedPurpose'),
})

export const handled = (): FieldEntry => ({
  key: 'reminder_note',
  name: st('pieces.field.reminderNote'),
  kind: 'longText',
  group: st('pieces.field.limitGroup'),
  maxLength: 500,
  anew: true,
  grade: 'internal',
  purpose: st('pieces.field.reminderPurpose'),
})
