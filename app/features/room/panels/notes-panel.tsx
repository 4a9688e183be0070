import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language, otherLanguage } from '../../../../shared/languages'
import { Button } from '../../../components/button'
import { EmptyState } from '../../../components/empty-state'
import { problemIn } from '../../../lib/ask'
import { useReader } from '../../../lib/format'
import { NoteText } from '../../reading/note-text'
import { useRoomState } from '../room-context'
import { groupOf } from './group-of'
import { NotesLink } from './notes-link'
import { beginNotes, type NotesRow } from './notes-wire'
import { ProblemLine } from './problem-line'
import { useNotes } from './use-notes'

/** The notes that are written during the workshop: everybody's, and those of the groups. */
export function NotesPanel() {
  const { t } = useTranslation('room-panels')
  const id = useId()
  const { groups, me } = useRoomState()
  const [chosen, setChosen] = useState(() => groupOf(groups, me.id)?.id ?? '')
  const withNotes = groups.filter(({ notesId }) => notesId !== null)
  return (
    <section aria-label={t('notes.panel')} className="grid gap-3">
      {withNotes.length > 0 && (
        <div className="grid gap-1">
          <label htmlFor={id} className="text-[13px] font-medium text-ink-2">
            {t('notes.which')}
          </label>
          <select
            id={id}
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            className="min-h-10 rounded-lg border border-line-control bg-surface px-3"
          >
            <option value="">{t('notes.shared')}</option>
            {withNotes.map((group) => (
              <option key={group.id} value={group.id}>
                {t(group.open ? 'notes.ofGroup' : 'notes.ofFormer', { number: group.number })}
              </option>
            ))}
          </select>
        </div>
      )}
      <NotesOf key={chosen} group={chosen === '' ? null : chosen} />
    </section>
  )
}

function NotesOf({ group }: { group: string | null }) {
  const { t } = useTranslation('room-panels')
  const { may, staff, saver } = useRoomState()
  const notes = useNotes(group)
  const rows = (notes.text?.rows ?? []).filter(({ text }) => text.en.length + text.ru.length > 0)
  if (notes.missing) return <NotBegun group={group} onBegun={notes.readAgain} />
  return (
    <>
      <NotesLink protocolId={notes.text?.protocolId ?? null} word={t('notes.write')} />
      {notes.text && !may.writeNotes && (
        <p className="text-[13px] text-ink-2">{t('notes.readOnly')}</p>
      )}
      <ProblemLine code={notes.problem} />
      {!notes.text && !notes.problem && <p className="text-ink-2">{t('notes.coming')}</p>}
      {notes.text && rows.length === 0 && (
        <EmptyState sentence={t(staff ? 'notes.emptyStaff' : 'notes.empty')} />
      )}
      {rows.length > 0 && <NotesRows rows={rows} />}
      {saver && notes.text && (
        <Button type="button" look="quiet" className="w-fit" onClick={notes.readAgain}>
          {t('notes.readAgain')}
        </Button>
      )}
    </>
  )
}

function NotBegun({ group, onBegun }: { group: string | null; onBegun: () => void }) {
  const { t } = useTranslation('room-panels')
  const { staff, workshop, status } = useRoomState()
  const [problem, setProblem] = useState<Parameters<typeof ProblemLine>[0]['code']>(null)
  async function begin() {
    const why = problemIn(await beginNotes(workshop.id))
    if (why) setProblem(why)
    else onBegun()
  }
  const mayBegin = staff && group === null && status !== 'cancelled'
  return (
    <>
      <EmptyState
        sentence={t('notes.notBegun')}
        {...(mayBegin && {
          action: (
            <Button type="button" onClick={() => void begin()}>
              {t('notes.begin')}
            </Button>
          ),
        })}
      />
      <ProblemLine code={problem} />
    </>
  )
}

/** Row by row in both languages, the reader's first; one alone where that is enough. */
function NotesRows({ rows }: { rows: readonly NotesRow[] }) {
  const { t } = useTranslation('room-panels')
  const { lang: reader } = useReader()
  const id = useId()
  const [shown, setShown] = useState<'both' | Language>('both')
  const order = [reader, otherLanguage(reader)].filter((each) => shown === 'both' || each === shown)
  return (
    <>
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1 text-[13px] text-ink-2">
        <legend className="sr-only">{t('notes.language')}</legend>
        {(['both', ...LANGUAGES] as const).map((each) => (
          <label
            key={each}
            className="flex min-h-7 cursor-pointer items-center gap-1.5 has-checked:font-semibold has-checked:text-ink"
          >
            <input
              type="radio"
              name={id}
              checked={shown === each}
              onChange={() => setShown(each)}
              className="size-4 accent-(--accent)"
            />
            {t(`notes.in_${each}`)}
          </label>
        ))}
      </fieldset>
      <div className="divide-y divide-line rounded-card border border-line bg-surface px-4">
        {rows.map((row) => (
          <div key={row.key} className="grid gap-2 py-2.5">
            {order.map((lang, at) => (
              <NoteText key={lang} row={row} lang={lang} isSecond={at > 0} />
            ))}
          </div>
        ))}
      </div>
    </>
  )
}
