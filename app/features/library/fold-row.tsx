import { type ReactNode, useId, useRef, useState } from 'react'
import { useHydrated } from '../../lib/hydrated'
import { Fold } from './fold'

export type RowFold = {
  key: string
  word: string
  tone?: 'plain' | 'danger'
  /** Gets how to close it again. */
  render: (close: () => void) => ReactNode
}

/** Actions in one row, some of them behind a word; what a word opens comes under the row. */
export function FoldRow({ folds, children }: { folds: readonly RowFold[]; children: ReactNode }) {
  const id = useId()
  const isHydrated = useHydrated()
  const row = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const open = folds.find(({ key }) => key === opened)
  const close = () => {
    row.current?.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus()
    setOpened(null)
  }
  const isOpen = (fold: RowFold) => fold === open
  return (
    <div className="grid gap-3">
      <div ref={row} className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {children}
        {folds.map((fold) =>
          isHydrated ? (
            <button
              key={fold.key}
              type="button"
              aria-expanded={isOpen(fold)}
              aria-controls={isOpen(fold) ? id : undefined}
              onClick={() => setOpened(isOpen(fold) ? null : fold.key)}
              onKeyDown={(event) => event.key === 'Escape' && isOpen(fold) && close()}
              className={`min-h-7 rounded-md font-medium underline-offset-4 hover:underline aria-expanded:underline ${fold.tone === 'danger' ? 'text-danger' : 'text-accent'}`}
            >
              {fold.word}
            </button>
          ) : (
            <Fold key={fold.key} word={fold.word} tone={fold.tone ?? 'plain'}>
              {fold.render}
            </Fold>
          ),
        )}
      </div>
      {isHydrated && open && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from any field in it
        <div id={id} key={open.key} onKeyDown={(event) => event.key === 'Escape' && close()}>
          {open.render(close)}
        </div>
      )}
    </div>
  )
}
