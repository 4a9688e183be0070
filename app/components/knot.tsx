/**
 * Two linked rings in the sides' colours: the mark of a partnership, and our own. Always beside a
 * name, so it says nothing to a screen reader.
 */
export function Knot({ size = 28, className = '' }: { size?: number; className?: string }) {
  return (
    <svg
      viewBox="2 6 28 20"
      width={size}
      height={(size * 20) / 28}
      fill="none"
      strokeWidth="3.2"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      <circle cx="11.5" cy="16" r="8" className="stroke-side-a" />
      <circle cx="20.5" cy="16" r="8" className="stroke-side-b" />
      <path d="M13.16 8.18A8 8 0 0 1 18.13 11.53" className="stroke-side-a" />
    </svg>
  )
}
