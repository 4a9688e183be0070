import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { DeckView, SlideView } from '../../../shared/workshop-views'
import { Button } from '../../components/button'
import { useReader } from '../../lib/format'
import { sizeOf } from '../library/sizes'
import { AskFirst } from '../workshops/ask-first'
import type { useDone } from '../workshops/use-done'
import { DeckPair } from './deck-pair'
import { SlideText } from './slide-text'
import { SlideTools } from './slide-tools'
import { useWritten } from './use-written'

/** A deck in the list: how it stands, its pages when they are asked for, and the way to be rid of it. */
export function Deck({
  deck,
  others,
  slides: read,
  workshopId,
  keptAs,
  doings,
}: {
  deck: DeckView
  /** Decks in the other language. */
  others: readonly DeckView[]
  slides: readonly SlideView[] | null
  workshopId: string
  /** Begins the names under which the tab keeps what is written for pages. */
  keptAs: string
  doings: ReturnType<typeof useDone>
}) {
  const { t } = useTranslation(['slides', 'library'])
  const { lang: reader } = useReader()
  const { text, lang } = pickText(deck.title, reader)
  const { value, unit } = sizeOf(deck.bytes, reader)
  const { slides, keep } = useWritten(read)
  const pair = others.find(({ id }) => id === deck.pairId)
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="min-w-0">
        <h3 lang={lang}>{text}</h3>
        <p className="text-[13px] text-ink-2">
          {t(`ofLang.${deck.lang}`)}
          {deck.state === 'ready' && (
            <>
              {' · '}
              {t('pages', { count: deck.pages })}
              {' · '}
              {t(`library:size.${unit}`, { value })}
            </>
          )}
        </p>
        {deck.state !== 'ready' && <State deck={deck} />}
      </div>
      {slides ? (
        <ol className="grid gap-4 sheet:grid-cols-2">
          {slides.map((slide) => (
            <Page key={slide.page} slide={slide}>
              <SlideTools
                workshopId={workshopId}
                slide={slide}
                isPaired={pair !== undefined && slide.page <= pair.pages}
                keptAs={keptAs}
                onWritten={keep}
              />
            </Page>
          ))}
        </ol>
      ) : (
        deck.state === 'ready' && (
          <p>
            <Link
              to={`?deck=${deck.id}`}
              preventScrollReset
              className="inline-block py-1 font-medium text-accent underline-offset-4 hover:underline"
            >
              {t('show')}
            </Link>
          </p>
        )
      )}
      <DeckPair deck={deck} others={others} doings={doings} />
      <AskFirst
        look="text"
        label={
          <>
            {t('remove')}
            <span className="sr-only">
              : <span lang={lang}>{text}</span>
            </span>
          </>
        }
        question={t('removeSure', { title: text })}
      >
        <Form method="post" onSubmit={doings.doing(t('done.removed', { title: text }))}>
          <input type="hidden" name="intent" value="remove" />
          <input type="hidden" name="deckId" value={deck.id} />
          <Button look="danger" aria-disabled={doings.isSending || undefined}>
            {t('removeDo')}
          </Button>
        </Form>
      </AskFirst>
    </li>
  )
}

function State({ deck: { state, failure, failureDetail, pages, total } }: { deck: DeckView }) {
  const { t } = useTranslation(['slides', 'errors'])
  if (state === 'failed') {
    const { much, gone, page } = failureDetail
    const code = failure ?? 'unexpected'
    const { pages: found = '', most = '' } = failureDetail
    const advice =
      code === 'slides_too_many'
        ? t('errors:slides_too_many_advice', { pages: found, most })
        : t(`errors:${code}_advice`)
    const own = gone ? 'gone' : much === 'time' || much === 'memory' ? much : null
    return (
      <div className="mt-1 text-[13px]">
        <p className="font-medium text-danger">
          {t('state.failed')} {page && t('failure.page', { page })}
        </p>
        {!own && <p>{t(`errors:${code}`)}</p>}
        <p>{own ? t(`failure.${own}`) : advice}</p>
      </div>
    )
  }
  const words =
    state === 'waiting'
      ? t('state.waiting')
      : total === null
        ? t('state.opening')
        : t('state.making', { page: Math.min(pages + 1, total), count: total })
  return <p className="mt-1 text-[13px] font-medium">{words}</p>
}

function Page({ slide, children }: { slide: SlideView; children: ReactNode }) {
  const { t } = useTranslation('slides')
  const { page, src, width, height, text } = slide
  const [first] = text.split('\n', 1)
  return (
    <li className="grid min-w-0 content-start gap-1.5">
      <img
        src={src}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
        alt={first ? t('alt', { page, text: first }) : t('altNone', { page })}
        className="h-auto w-full rounded-lg border border-line bg-white"
      />
      <p className="text-[13px] font-medium">{t('page', { page })}</p>
      <div className="text-[13px] text-ink-2">
        <SlideText slide={slide} />
      </div>
      {children}
    </li>
  )
}
