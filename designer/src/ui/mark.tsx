/** The mark of the house: a ring with a clasp in the colour of the seal. */
export function Mark(props: { size?: number }) {
  return (
    <svg width={props.size ?? 34} height={props.size ?? 34} viewBox="0 0 36 36" aria-hidden="true">
      <path d="M22.2 7.3a12 12 0 1 1-8.4 0" fill="none" stroke="var(--ink-900)" stroke-width="4.4" />
      <rect x="15.8" y="3.6" width="4.4" height="5.2" rx="0.8" fill="var(--seal-600)" />
    </svg>
  )
}
