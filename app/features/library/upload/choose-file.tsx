import { ACCEPTED } from './accepted'

const ACCEPT = Object.keys(ACCEPTED)
  .map((ending) => `.${ending}`)
  .join(',')

/** The browser's own file field, in the clothes of a button. */
export function ChooseFile({
  word,
  isNext = false,
  isDisabled = false,
  onChosen,
}: {
  word: string
  /** The page's next step. */
  isNext?: boolean
  isDisabled?: boolean
  onChosen: (file: File) => void
}) {
  return (
    <label
      className={`relative inline-flex min-h-9 items-center rounded-lg border px-3.5 py-2 leading-tight font-semibold has-[:focus-visible]:shadow-[var(--focus)] ${isNext ? 'border-accent bg-accent text-accent-ink hover:bg-accent-hover' : 'border-line-control bg-surface hover:bg-wash'} ${isDisabled ? 'opacity-60' : 'cursor-pointer'}`}
    >
      {word}
      <input
        type="file"
        disabled={isDisabled}
        accept={ACCEPT}
        // over the whole button, so that the focus is where it is seen
        className="absolute inset-0 size-full cursor-[inherit] rounded-lg text-[0] opacity-0"
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) onChosen(file)
          // the same file may be chosen again
          target.value = ''
        }}
      />
    </label>
  )
}
