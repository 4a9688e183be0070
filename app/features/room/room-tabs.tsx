import { useTranslation } from 'react-i18next'
import { useRoomState } from './room-context'
import { TabCount, useCounts } from './tab-counts'

export const TALK_TABS = [
  'chat',
  'questions',
  'polls',
  'hands',
  'cases',
  'groups',
  'notes',
  'people',
  'run',
] as const
export type TalkTab = (typeof TALK_TABS)[number]
/** `more`: the list of the others, on a phone. */
export type RoomTab = 'slides' | 'more' | TalkTab

/** Parts that show who is in the room. */
export const SHOWS_PEOPLE: readonly RoomTab[] = ['groups', 'people', 'run']

/** Always within a thumb's reach. */
const AT_HAND = ['slides', 'chat', 'questions', 'polls', 'more'] as const

/** The parts of the room that the reader has. */
export function useTabs(): readonly TalkTab[] {
  const { may } = useRoomState()
  return TALK_TABS.filter((tab) => tab !== 'run' || may.facilitate)
}

/** What a phone has in the list behind its bar. */
export function useFurtherTabs(): readonly TalkTab[] {
  return useTabs().filter((tab) => !(AT_HAND as readonly RoomTab[]).includes(tab))
}

type Props = { tab: RoomTab; onTab: (tab: RoomTab) => void }

/** The parts of a room as a line beside the slides. */
export function TalkTabs({ tab, onTab }: Props) {
  const { t } = useTranslation('room')
  const tabs = useTabs()
  const shown = tab === 'slides' || tab === 'more' ? 'chat' : tab
  const counts = useCounts(shown)
  return (
    <nav
      aria-label={t('parts')}
      className="hidden border-b border-line px-3 rail:block print:hidden [@media(scripting:none)]:hidden"
    >
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {tabs.map((each) => (
          <li key={each}>
            <button
              type="button"
              aria-current={each === shown ? 'true' : undefined}
              onClick={() => onTab(each)}
              className="min-h-10 border-b-2 border-transparent px-2 text-[13.5px] text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
            >
              {t(`tab.${each}`)}
              <TabCount of={each} counts={counts} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The same as a bar at the bottom of a phone. */
export function PhoneTabs({ tab, onTab }: Props) {
  const { t } = useTranslation('room')
  const counts = useCounts(tab)
  const isFurther = useFurtherTabs().some((each) => each === tab)
  return (
    <nav
      aria-label={t('parts')}
      className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] rail:hidden print:hidden [@media(scripting:none)]:hidden"
    >
      <ul className="grid grid-cols-5">
        {AT_HAND.map((each) => (
          <li key={each}>
            <button
              type="button"
              aria-current={each === tab || (each === 'more' && isFurther) ? 'true' : undefined}
              onClick={() => onTab(each)}
              className="relative min-h-14 w-full border-t-2 border-transparent px-0.5 text-[12.5px] leading-tight text-ink-2 aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
            >
              {t(`tab.${each}`)}
              {each !== 'slides' && (
                <TabCount of={each} counts={counts} className="absolute top-0.5 right-0.5" />
              )}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
