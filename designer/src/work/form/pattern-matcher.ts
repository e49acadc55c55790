/** What matches the patterns of forms: half as large as all else a task loads, so fetched for a form that has any. */
export { fitsPattern } from '@bihuan/engine'
