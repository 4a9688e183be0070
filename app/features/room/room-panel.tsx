import { type ComponentType, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLater } from '../../lib/later'
import type { Refusal } from '../../lib/refusal'
import { ChatPanel } from './chat-panel'
import { type RoomTab, type TalkTab, useFurtherTabs } from './room-tabs'
import { TabCount, useCounts } from './tab-counts'

/** Parts that come when they are wanted. */
const LATER: Record<Exclude<TalkTab, 'chat'>, () => Promise<ComponentType>> = {
  questions: async () => (await import('./panels/questions-panel')).QuestionsPanel,
  polls: async () => (await import('./panels/polls-panel')).PollsPanel,
  hands: async () => (await import('./hands-panel')).HandsPanel,
  cases: async () => (await import('./panels/cases-panel')).CasesPanel,
  groups: async () => (await import('./panels/groups-panel')).GroupsPanel,
  notes: async () => (await import('./panels/notes-panel')).NotesPanel,
  people: async () => (await import('./people-panel')).PeoplePanel,
  run: async () => (await import('./panels/facilitate-panel')).FacilitatePanel,
}

/** The part of the room that is shown now. The chat stays as it was left while another one is. */
export function RoomPanel({
  tab,
  isShown,
  onTab,
  refusal,
  clientKey,
}: {
  tab: Exclude<RoomTab, 'slides'>
  /** Slides stand in its place on a phone. */
  isShown: boolean
  onTab: (tab: RoomTab) => void
  refusal: Refusal | null
  clientKey: string
}) {
  const { t } = useTranslation('room')
  const part = useFocusKept(tab)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div
      ref={part}
      role="group"
      aria-label={t(`tab.${tab}`)}
      tabIndex={-1}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div
        className={`min-h-0 flex-1 flex-col ${tab === 'chat' ? 'flex' : tab === 'more' ? 'hidden rail:flex' : 'hidden [@media(scripting:none)]:flex'}`}
      >
        <ChatPanel refusal={refusal} clientKey={clientKey} isShown={isShown && tab === 'chat'} />
      </div>
      {tab === 'more' && <More onTab={onTab} />}
      {tab !== 'chat' && tab !== 'more' && <Later key={tab} tab={tab} />}
    </div>
  )
}

/** What was pressed to open a part may go with the part before: the keyboard goes on in the new one. */
function useFocusKept(tab: RoomTab) {
  const part = useRef<HTMLDivElement>(null)
  const before = useRef(tab)
  useEffect(() => {
    if (before.current === tab) return
    before.current = tab
    if (document.activeElement === document.body) part.current?.focus()
  }, [tab])
  return part
}

function Later({ tab }: { tab: keyof typeof LATER }) {
  const { t } = useTranslation('room')
  const Panel = useLater(LATER[tab])
  return <Body>{Panel ? <Panel /> : <p className="text-ink-2">{t('panelComing')}</p>}</Body>
}

function Body({ children }: { children: ReactNode }) {
  return (
    // `relative`: what only a screen reader has would make the page as long as the list
    <div className="relative min-h-0 flex-1 px-4 py-4 rail:overflow-y-auto">{children}</div>
  )
}

/** On a phone: what is not at hand in the bar. */
function More({ onTab }: { onTab: (tab: RoomTab) => void }) {
  const { t } = useTranslation('room')
  const tabs = useFurtherTabs()
  const counts = useCounts('more')
  return (
    <ul className="divide-y divide-line px-4 rail:hidden">
      {tabs.map((tab) => (
        <li key={tab}>
          <button
            type="button"
            onClick={() => onTab(tab)}
            className="min-h-13 w-full rounded-md text-left font-semibold"
          >
            {t(`tab.${tab}`)}
            <TabCount of={tab} counts={counts} />
          </button>
        </li>
      ))}
    </ul>
  )
}
