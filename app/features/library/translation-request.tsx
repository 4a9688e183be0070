import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../../shared/languages'
import type { TranslationRequestView } from '../../../shared/views'
import { Button } from '../../components/button'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { useFormat } from '../../lib/format'
import { scriptOfText } from '../../lib/names'
import { ChangeForm } from './change-form'
import { TextBox } from './fields'
import { Fold } from './fold'
import { itemPath } from './item-path'
import type { OpenedItem } from './open-item'

type Props = { lang: Language; opened: OpenedItem }

/** A translation into a language: to ask for it, who asked, who does it. It is done by adding it. */
export function TranslationRequest({ lang, opened, mayAsk }: Props & { mayAsk: boolean }) {
  const request = opened.item.requests.find(({ to }) => to === lang)
  if (request) return <OpenRequest request={request} opened={opened} />
  return mayAsk && opened.may.ask ? <Ask lang={lang} opened={opened} /> : null
}

function Ask({ lang, opened }: Props) {
  const { t } = useTranslation('library')
  return (
    <Fold word={t(`ask.open_${lang}`)} className="mt-3">
      {(close) => (
        <ChangeForm {...formOf(opened)} onDone={close} className="grid gap-3">
          {(refusal, isBusy) => (
            <>
              <input type="hidden" name="target" value="resource" />
              <input type="hidden" name="targetId" value={opened.item.id} />
              <input type="hidden" name="to" value={lang} />
              <TextBox
                label={t('ask.note')}
                name="note"
                maxLength={500}
                error={refusal?.refused.detail.note ? t('ask.noteTooLong') : undefined}
              />
              <p>
                <Button look="quiet" name="intent" value="ask" aria-disabled={isBusy || undefined}>
                  {t('ask.send')}
                </Button>
              </p>
            </>
          )}
        </ChangeForm>
      )}
    </Fold>
  )
}

function OpenRequest({ request, opened }: { request: TranslationRequestView; opened: OpenedItem }) {
  const { t } = useTranslation('library')
  const { may, me } = opened
  const isMine = request.takenBy?.id === me.id
  const mayTake = !request.takenBy && LANGUAGES.every((lang) => me.languages.includes(lang))
  const mayWithdraw = !request.takenBy && request.askedBy?.id === me.id
  return (
    <div data-request={request.id} className="mt-3 border-l-[3px] border-line-strong pl-3.5">
      <RequestLine request={request} />
      {request.note && (
        <p className="mt-1 whitespace-pre-line text-[13px] [overflow-wrap:anywhere]">
          <Sentence
            say={(part) => t('ask.quoted', { note: part('note') })}
            parts={{ note: <span lang={scriptOfText(request.note)}>{request.note}</span> }}
          />
        </p>
      )}
      {isMine && <p className="mt-1 text-[13px] text-ink-2">{t('ask.addBelow')}</p>}
      {may.ask && (mayTake || isMine || mayWithdraw) && (
        <ChangeForm {...formOf(opened)} className="mt-2.5 flex flex-wrap gap-2">
          {(_refusal, isBusy) => (
            <>
              <input type="hidden" name="requestId" value={request.id} />
              {mayTake && <Act intent="take" word={t('ask.take')} isBusy={isBusy} />}
              {isMine && <Act intent="giveBack" word={t('ask.giveBack')} isBusy={isBusy} />}
              {mayWithdraw && <Act intent="withdraw" word={t('ask.withdraw')} isBusy={isBusy} />}
            </>
          )}
        </ChangeForm>
      )}
    </div>
  )
}

function Act({ intent, word, isBusy }: { intent: string; word: string; isBusy: boolean }) {
  return (
    <Button look="quiet" name="intent" value={intent} aria-disabled={isBusy || undefined}>
      {word}
    </Button>
  )
}

function RequestLine({ request }: { request: TranslationRequestView }) {
  const { t } = useTranslation('library')
  const format = useFormat()
  const { askedBy, askedAt, takenBy, takenAt } = request
  return (
    <>
      <p>
        {askedBy ? (
          <Sentence
            say={(part) => t('ask.askedBy', { who: part('who'), at: part('at') })}
            parts={{
              who: <ShortName name={askedBy.name} />,
              at: <time dateTime={askedAt}>{format.date(askedAt)}</time>,
            }}
          />
        ) : (
          t('ask.asked', { at: format.date(askedAt) })
        )}
      </p>
      {takenBy && takenAt && (
        <p className="text-[13px] text-ink-2">
          <Sentence
            say={(part) => t('ask.takenBy', { who: part('who'), at: part('at') })}
            parts={{
              who: <ShortName name={takenBy.name} />,
              at: <time dateTime={takenAt}>{format.date(takenAt)}</time>,
            }}
          />
        </p>
      )}
    </>
  )
}

/** Requests of items and of posts have one address. */
function formOf(opened: OpenedItem) {
  return { action: `${opened.base}/translation`, back: itemPath(opened) }
}
