export { type FileHost, fileHost, type Kill } from './file-host.ts'
export { type TemporaryHost, temporaryHost } from './open.ts'
