import { useNavigate } from '@remix-run/react'
import {
  Suspense,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import { useLater } from '../../../lib/later'
import { ColumnHeads } from '../column-heads'
import { PageLiveContext, usePageLive } from '../page-live'
import { worksOn } from '../rights'
import { countAttention } from '../seam/row-view'
import { SeamOverlay } from '../seam/seam-overlay'
import type { UnitWatch } from '../seam/unit-watch'
import { StatusStrip } from '../status-line'
import { focusToolbar, Toolbar } from '../tools/toolbar'
import { BulkNotices } from './bulk-notices'
import { DoubledNotice } from './doubled-notice'
import { liveActions } from './live-actions'
import { type Editors, LiveContext } from './live-context'
import type { LiveTextProps } from './live-text'
import { useEditors } from './use-editors'
import { rowAtCaret, useNextToDo } from './use-next-to-do'
import { useSay } from './use-say'

// comes when somebody begins to write
const loadStrip = () => import('./patient-strip')

/** Both texts with the seam between them, and the tools above. */
export function LiveSheet({
  document,
  opened,
  slug,
  shown,
  ended,
  watch,
}: LiveTextProps & { watch: UnitWatch }) {
  const { t } = useTranslation(['editor', 'errors'])
  const store = useContext(PageLiveContext)
  const { ready } = usePageLive()
  const { rows, slots, counts, doubled } = useSyncExternalStore(watch.subscribe, watch.read)
  useEffect(() => store.update({ counts }), [store, counts])
  const todo = useMemo(() => countAttention(rows), [rows])

  const hintId = useId()
  const sheet = useRef<HTMLDivElement>(null)
  const overlay = useRef<HTMLOListElement>(null)
  const bar = useRef<HTMLDivElement>(null)
  const columns = { en: useRef<HTMLDivElement>(null), ru: useRef<HTMLDivElement>(null) }
  const { said, say } = useSay()
  const navigate = useNavigate()
  const pair = useRef<Editors | null>(null)

  const address = `/partnerships/${slug}/protocols/${opened.protocol.id}`
  const live = useMemo(
    () =>
      liveActions({
        opened,
        markAddress: `${address}/mark`,
        editors: () => pair.current,
        watch,
        status: document.status,
        t,
        say,
        show: (lang) => {
          if (pair.current?.[lang].view.dom.offsetParent !== null) return
          navigate(`?show=${lang}`, { replace: true, preventScrollReset: true })
        },
      }),
    [opened, address, watch, document, t, say, navigate],
  )

  const { editors, damaged } = useEditors({
    document,
    watch,
    may: opened.may,
    hintId,
    columns,
    sheet,
    overlay,
    say,
    onReady: () => store.update({ ready: true }),
    onDone: async (lang) => {
      const row = editors && rowAtCaret(watch, editors, lang)
      if (row && opened.may.markInSync) await live.mark(row, 'translated')
      next(1)
    },
  })
  pair.current = editors
  const next = useNextToDo({ editors, watch, live, shown, overlay })
  const { active, used } = useActiveLanguage(editors, shown)
  const PatientStrip = useLater(loadStrip, opened.may.write && used)?.default

  useEffect(() => {
    if (!ended || !editors) return
    for (const lang of LANGUAGES) editors[lang].setEditable(false, false)
  }, [ended, editors])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F8' && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault()
        next(event.shiftKey ? -1 : 1)
      } else if (event.key === 'F10' && event.altKey) {
        event.preventDefault()
        focusToolbar(bar.current)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })

  return (
    <LiveContext.Provider value={live}>
      <div className="live" data-hidden={ready ? undefined : ''}>
        {worksOn(opened.may) && (
          <div className="tools">
            {opened.may.write && editors && (
              <Toolbar key={active} editor={editors[active]} lang={active} used={used} bar={bar} />
            )}
            <button
              type="button"
              className="tool next-to-do"
              onClick={() => next(1)}
              aria-keyshortcuts="F8"
            >
              <span className="wide">{t('editor:todo.next')}</span>
              <span className="narrow">{t('editor:todo.short')}</span>
              <kbd>F8</kbd>
            </button>
          </div>
        )}
        <StatusStrip />
        {damaged && (
          <p role="alert" className="notice">
            {t('editor:notice.damaged')}
          </p>
        )}
        {opened.may.write && (
          <BulkNotices
            doc={document.doc}
            rows={rows}
            address={address}
            mayPutBack={opened.may.putBack}
          />
        )}
        {opened.may.write && editors && <DoubledNotice doubled={doubled} editors={editors} />}
        <div className="sheet" data-shown={shown} data-live="">
          <ColumnHeads shown={shown} todo={todo} />
          <div ref={sheet} className="sheet-live">
            {LANGUAGES.map((lang) => (
              <div key={lang} ref={columns[lang]} className="live-column" data-lang={lang} />
            ))}
            <SeamOverlay rows={rows} slots={slots} overlay={overlay} />
          </div>
          <p id={hintId} className="sr-only">
            {t('editor:text.hint')}
          </p>
        </div>
        {PatientStrip && editors && (
          <Suspense fallback={null}>
            <PatientStrip editors={editors} slug={slug} />
          </Suspense>
        )}
        <p role="status" className="said">
          {said}
        </p>
      </div>
    </LiveContext.Provider>
  )
}

/** The language that had the caret last: what the toolbar works on. */
function useActiveLanguage(editors: Editors | null, shown: Language) {
  const [active, setActive] = useState(shown)
  const [used, setUsed] = useState(false)
  useEffect(() => setActive(shown), [shown])
  useEffect(() => {
    if (!editors) return
    const forget = LANGUAGES.map((lang) => {
      const note = () => {
        setActive(lang)
        setUsed(true)
      }
      editors[lang].on('focus', note)
      return () => editors[lang].off('focus', note)
    })
    return () => {
      for (const each of forget) each()
    }
  }, [editors])
  return { active, used }
}
