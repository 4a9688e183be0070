import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../shared/languages'
import type { LearningState } from '../../../shared/learning-views'
import type { RoomPage as Page } from '../../../shared/room-views'
import type { DeckView, MaterialView, SlideView } from '../../../shared/workshop-views'
import { SkipLink } from '../../components/skip-link'
import { ReaderZone } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { Agenda } from './agenda'
import { Channels } from './channels'
import { GuestLeave } from './guest-leave'
import { LineTrouble } from './line-status'
import { OpenTests } from './open-tests'
import { OnAir } from './panels/on-air'
import { RoomNews } from './panels/room-news'
import { PlainLimits, PlainTalk } from './plain-talk'
import { RoomContext } from './room-context'
import { RoomHead } from './room-head'
import { RoomMaterials } from './room-materials'
import { RoomNotice } from './room-notice'
import { RoomPanel } from './room-panel'
import { PhoneTabs, type RoomTab, SHOWS_PEOPLE, TalkTabs } from './room-tabs'
import { SignsBar } from './signs-bar'
import { Stage } from './stage'
import { useRoom } from './use-room'

export type RoomPageData = {
  page: Page
  /** Both sides, for their clocks. */
  places: readonly { place: LocalizedText; timeZone: string }[]
  decks: readonly DeckView[]
  /** What the reader has of it afterwards. */
  learning: Pick<LearningState, 'certificate'>
  /** What everybody looks at, and what the address asks for: there before any script. */
  slides: readonly SlideView[]
  looking: { deckId: string; page: number } | null
  materials: readonly MaterialView[]
  /** The reader's own zone; a guest's is nowhere else. */
  timeZone: string
  /** Of the form as it is without scripts, so that sending it twice makes one message. */
  clientKey: string
}

/** A workshop's room: what is shown and said, in whatever order the line lets it through. */
export function RoomPage({ data, refusal }: { data: RoomPageData; refusal: Refusal | null }) {
  const [tab, setTab] = useState<RoomTab>('slides')
  const room = useRoom(data.page, SHOWS_PEOPLE.includes(tab))
  const onSlides = tab === 'slides'
  return (
    <ReaderZone.Provider value={data.timeZone}>
      <RoomContext.Provider value={room}>
        <SkipLink />
        <div className="flex min-h-dvh flex-col [--room-bar:calc(57px+env(safe-area-inset-bottom))] rail:h-dvh [@media(scripting:none)]:h-auto">
          <RoomHead places={data.places} />
          <LineTrouble />
          <RoomNews tab={tab} onOpen={setTab} />
          <main
            id="main"
            tabIndex={-1}
            className="flex flex-1 flex-col pb-(--room-bar) rail:grid rail:min-h-0 rail:grid-cols-[minmax(0,1fr)_minmax(380px,440px)] rail:grid-rows-[auto_auto_minmax(0,1fr)] rail:pb-0 [@media(scripting:none)]:pb-0"
          >
            <div className="px-4 sheet:px-7 rail:col-span-2 rail:row-start-1 [&>*]:mt-3">
              <RoomNotice hasCertificate={data.learning.certificate} />
              <PlainLimits />
            </div>
            <div
              className={`${shownWhen(onSlides, 'grid')} relative content-start rail:col-start-1 rail:row-span-2 rail:row-start-2 rail:overflow-y-auto`}
            >
              <div className="mx-auto grid w-full max-w-[960px] content-start gap-4 px-4 py-3 sheet:px-7 sheet:py-5">
                <Stage decks={data.decks} slides={data.slides} asked={data.looking} />
                <OnAir />
                <OpenTests />
                <Agenda places={data.places} />
                <Channels />
                <RoomMaterials materials={data.materials} />
                <GuestLeave />
              </div>
            </div>
            <SignsBar isShown={onSlides || tab === 'hands'} />
            <Talk hidden={onSlides}>
              <TalkTabs tab={tab} onTab={setTab} />
              <RoomPanel
                tab={onSlides ? 'chat' : tab}
                isShown={!onSlides}
                onTab={setTab}
                refusal={refusal}
                clientKey={data.clientKey}
              />
              <PlainTalk />
            </Talk>
          </main>
        </div>
        <PhoneTabs tab={tab} onTab={setTab} />
      </RoomContext.Provider>
    </ReaderZone.Provider>
  )
}

/** Beside the slides where there is room, in their place on a phone. */
function Talk({ hidden, children }: { hidden: boolean; children: ReactNode }) {
  const { t } = useTranslation('room')
  return (
    <section
      aria-label={t('talk')}
      className={`${shownWhen(!hidden, 'flex')} flex-1 flex-col border-line bg-surface rail:col-start-2 rail:row-start-3 rail:min-h-0 rail:border-l`}
    >
      {children}
    </section>
  )
}

/** One at a time on a phone; all of it where there is room, and where no script could change it. */
function shownWhen(shown: boolean, as: 'grid' | 'flex'): string {
  if (as === 'grid') return shown ? 'grid' : 'hidden rail:grid [@media(scripting:none)]:grid'
  return shown ? 'flex' : 'hidden rail:flex [@media(scripting:none)]:flex'
}
