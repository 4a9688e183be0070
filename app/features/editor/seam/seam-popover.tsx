import { Popover } from 'radix-ui'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnitStatus } from '../../../../shared/editor/alignment'
import { changedWords } from '../../../../shared/editor/drift'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import { useFormat, useReader } from '../../../lib/format'
import { fullName } from '../../../lib/names'
import { useLive } from '../live/live-context'
import { RowThreads } from '../threads/row-threads'
import { DriftWords } from './drift-words'
import { markableUnits, type RowView } from './row-view'
import { SeamActions } from './seam-actions'
import { labelOf, sentenceOf } from './seam-words'

/** A table has many texts; more than this are summed up. */
const SHOWN_UNITS = 6

/** Behind a row's button: what its state means, who said so and when, and what can be done. */
export default function SeamPopover({
  row,
  button,
  onClose,
}: {
  row: RowView
  button: HTMLElement
  onClose: () => void
}) {
  const { t } = useTranslation('editor')
  const anchor = useRef(button)
  anchor.current = button
  const pressing = row.units.filter((unit) => unit.state === row.state)
  const single = row.units.length === 1
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className="seam-popover"
          aria-label={labelOf(t, row)}
          side="bottom"
          sideOffset={8}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            // an action may have put the caret into the text already
            if (document.activeElement === document.body) button.focus()
          }}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && button.contains(event.target))
              event.preventDefault()
          }}
        >
          <p className="popover-title">{labelOf(t, row)}</p>
          <p>{sentenceOf(t, row)}</p>
          {pressing.slice(0, SHOWN_UNITS).map((unit, at) => (
            <UnitDetails
              key={unit.unit}
              unit={unit}
              // the cells of a table were marked by one person in one go
              withMark={!pressing.slice(0, at).some((before) => isSameMark(before, unit))}
            />
          ))}
          <SeamActions row={row} units={markableUnits(row)} onDone={onClose} />
          <RowThreads row={row} onLeave={onClose} />
          {pressing.length === 1 && pressing[0] && single && <Texts unit={pressing[0]} />}
          <Popover.Close className="popover-close" aria-label={t('popover.close')}>
            ×
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function UnitDetails({ unit, withMark }: { unit: UnitStatus; withMark: boolean }) {
  return (
    <>
      {withMark && <MarkedBy unit={unit} />}
      {LANGUAGES.map((lang) => (
        <Change key={lang} unit={unit} lang={lang} />
      ))}
    </>
  )
}

/** By the same person, to the same effect, on the same day. */
function isSameMark({ entry: one }: UnitStatus, { entry: other }: UnitStatus): boolean {
  return (
    one?.by === other?.by &&
    one?.state === other?.state &&
    one?.at.slice(0, 10) === other?.at.slice(0, 10)
  )
}

function MarkedBy({ unit: { entry, state } }: { unit: UnitStatus }) {
  const { t } = useTranslation('editor')
  const format = useFormat()
  const { lang } = useReader()
  const { opened } = useLive()
  if (!entry) return null
  const person = opened.people[entry.by]
  const name = person ? fullName(person, lang).main.text : t('mark.someone')
  const holds = state === 'in-sync' || state === 'reviewed' || state === 'order-differs'
  const words = { name, at: format.dateTime(entry.at) }
  return (
    <p className="popover-by">
      {t(holds ? `mark.by_${entry.state}` : `mark.formerly_${entry.state}`, words)}
    </p>
  )
}

/** The whole text with what was taken out and put in since it was marked. */
function Change({ unit, lang }: { unit: UnitStatus; lang: Language }) {
  const { entry, from, text } = unit
  if (!entry || !hasChanged(unit, lang)) return null
  const then = from === lang ? entry.srcText : entry.tgtText
  const parts = changedWords(then, text[lang], lang)
  return <DriftWords note={{ unit: unit.unit, changed: lang, parts }} />
}

function hasChanged({ entry, from, hash }: UnitStatus, lang: Language): boolean {
  if (!entry || hash[lang] === null) return false
  return hash[lang] !== (from === lang ? entry.src : entry.tgt)
}

/** For a phone, where the other language is not in view; what has changed is shown above already. */
function Texts({ unit }: { unit: UnitStatus }) {
  const { t } = useTranslation('editor')
  const { text } = unit
  return (
    <dl className="popover-texts">
      {LANGUAGES.filter((lang) => !hasChanged(unit, lang)).map((lang) => (
        <div key={lang}>
          <dt>{t(`popover.text_${lang}`)}</dt>
          {text[lang] ? <dd lang={lang}>{text[lang]}</dd> : <dd>{t('popover.none')}</dd>}
        </div>
      ))}
    </dl>
  )
}
