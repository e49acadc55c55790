export { readJson } from '../contract/read-json.ts'
