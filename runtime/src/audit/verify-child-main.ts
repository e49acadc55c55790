import { driverCode } from '../db/storage-error.ts'
import { inPlace, type PartRequest } from './verify-database.ts'

// A process of `verifyDatabase`: verifies one part, says what it found, and ends.
process.once('message', (request: PartRequest) => {
  const answer = (found: object) => process.send!(found, undefined, undefined, () => process.disconnect())
  inPlace(request).then(
    (found) => answer({ found }),
    (error: unknown) =>
      answer({ error: error instanceof Error ? error.message : String(error), code: driverCode(error) }),
  )
})
