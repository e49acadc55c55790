import type { Words } from '../words.ts'
import type { form as source } from '../zh-cn/form.ts'

export const form: Words<typeof source> = {
  uppercase: 'In words',
  optional: 'optional',
  takePhoto: 'Take or choose a photo',
  takeAnother: 'Add another photo',
  addFile: 'Add a file',
  addAnother: 'Add another file',
  remove: 'Remove {{ name }}',
  open: 'Open {{ name }}',
  uploading: 'Uploading {{ percent }}%',
  uploadFailed: 'Not uploaded: {{ reason }}',
  uploadOffline: 'Not uploaded: no network. Try again once connected.',
  tooLarge: '{{ name }} has {{ size }}; at most 10 MB. Compress it and try again.',
  notUploaded: 'A file was not uploaded. Try again or remove it.',
  none: 'No files',
  checkFailed: 'This does not fit the other fields. Please check.',
  failed: 'The form could not be shown',
  failedText: 'Reload the page. If that does not help, tell the process designer.',
  footnote: '{{ title }}, version {{ version }}',
}
