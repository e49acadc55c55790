import { createUniqueId } from 'solid-js'

/** A small square seal with two characters, one above the other, its edge slightly worn. For official acts only. */
export function SealMark(props: { words: string; size?: number }) {
  const worn = createUniqueId()
  const [first = '', second = ''] = [...props.words]
  return (
    <svg
      class="seal-mark"
      viewBox="0 0 100 100"
      width={props.size ?? 58}
      height={props.size ?? 58}
      role="img"
      aria-label={props.words}
    >
      <defs>
        <filter id={worn} x="-5%" y="-5%" width="110%" height="110%">
          <feTurbulence type="fractalNoise" baseFrequency=".09" numOctaves="2" seed="4" />
          <feDisplacementMap in="SourceGraphic" scale="2.6" />
        </filter>
      </defs>
      <g filter={`url(#${worn})`}>
        <rect x="3" y="3" width="94" height="94" rx="9" />
        <text x="50" y="47" text-anchor="middle" font-size="39">
          {first}
        </text>
        <text x="50" y="88" text-anchor="middle" font-size="39">
          {second}
        </text>
      </g>
    </svg>
  )
}
