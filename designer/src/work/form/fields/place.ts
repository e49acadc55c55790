/** Where a photo was taken, or why that is not known. */
export type Place =
  | { readonly state: 'found'; readonly north: number; readonly east: number; readonly metres: number }
  | { readonly state: 'refused' | 'unknown' }

/** How long a photo waits for its place, milliseconds. */
const PATIENCE = 6_000
const PERMISSION_DENIED = 1

/**
 * Where this machine is now (WGS 84). Asks for permission the first time. A place of the last minute counts: photos are
 * taken one after the other.
 */
export function findPlace(): Promise<Place> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) {
      resolve({ state: 'unknown' })
      return
    }
    // Some machines never answer while nobody has answered them.
    const late = setTimeout(() => resolve({ state: 'unknown' }), PATIENCE + 1_000)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(late)
        resolve({ state: 'found', north: coords.latitude, east: coords.longitude, metres: Math.ceil(coords.accuracy) })
      },
      (error) => {
        clearTimeout(late)
        resolve({ state: error.code === PERMISSION_DENIED ? 'refused' : 'unknown' })
      },
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60_000 },
    )
  })
}
