import { createContext, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../shared/languages'

/** What somebody else has saved in a field that this reader has changed, too. */
export type TheirLine = {
  /** Of the field; of several, what their names begin with (`agenda.0`). */
  name: string
  label: string
  text: string
  lang?: Language | undefined
}

const Lines = createContext<readonly TheirLine[]>([])

/** A form that is joined with what somebody else has saved: its fields show their words. */
export function WithTheirs({
  lines,
  children,
}: {
  lines: readonly TheirLine[]
  children: ReactNode
}) {
  return <Lines.Provider value={lines}>{children}</Lines.Provider>
}

/** The id of their words beside a field; nothing where there are none. */
export function useTheirId(name: string): string | undefined {
  return useContext(Lines).some((line) => line.name === name) ? theirId(name) : undefined
}

/** Where their words about a field stand: those of a row's fields together. */
export function theirId(name: string): string {
  return `theirs.${name.split('.').slice(0, 2).join('.')}`
}

/** Their words beside a field, or beside all fields of a row. */
export function TheirWords({ of, isRow = false }: { of: string; isRow?: boolean }) {
  const { t } = useTranslation('common')
  const lines = useContext(Lines).filter(
    ({ name }) => name === of || (isRow && name.startsWith(`${of}.`)),
  )
  if (lines.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div
      id={theirId(of)}
      role="group"
      aria-label={t('late.theirs')}
      tabIndex={-1}
      className="rounded-lg border-l-[3px] border-drift bg-wash px-3 py-2 text-[13px]"
    >
      <p className="font-medium">{t('late.theirs')}</p>
      {lines.map(({ name, label, text, lang }) => (
        <p key={name} className="whitespace-pre-line [overflow-wrap:anywhere]">
          {isRow && <span className="text-ink-2">{label}: </span>}
          <span lang={text ? lang : undefined}>{text || t('stale.empty')}</span>
        </p>
      ))}
    </div>
  )
}
