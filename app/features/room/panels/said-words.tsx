import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, otherLanguage } from '../../../../shared/languages'
import type { SaidTranslation } from '../../../../shared/room-views'
import { AttendeeName } from '../../../components/attendee-name'
import { Sentence } from '../../../components/sentence'
import { useFocusAfter } from '../../../lib/focus-after'
import { useReader } from '../../../lib/format'
import { useLater } from '../../../lib/later'
import { LinkButton } from '../../discussions/link-button'
import { useDraftName, useKeptOpen } from '../kept-drafts'
import { isTranslating, SAID_MAX } from '../room-acts'
import { useRoomState } from '../room-context'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'

const loadForm = () => import('./said-form')

const TEXT = 'max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]'

type Spoken = {
  lang: Language
  /** Without a text where it is more than one. */
  translation: (Omit<SaidTranslation, 'text'> & { text?: string }) | null
}

/**
 * What somebody said, in the reader's language first when a colleague has translated it; what was
 * really said stays one press away.
 *
 * @param children the words themselves, where they are more than one text, and `translated` the same of
 *   their translation
 */
export function SaidWords({
  said,
  text,
  children,
  translated,
  className = '',
  id,
}: {
  said: Spoken
  text: string
  /** Names the words that stand first. */
  id?: string
  children?: ReactNode
  translated?: ReactNode
  className?: string
}) {
  const { t } = useTranslation('room-panels')
  const { lang: reader } = useReader()
  const { lang, translation } = said
  const original = children ?? <p className={TEXT}>{text}</p>
  if (!translation) {
    return (
      <div id={id} lang={lang} className={className}>
        {original}
      </div>
    )
  }
  const isForReader = isTranslatedFor(said, reader)
  const theirs = translated ?? <p className={TEXT}>{translation.text}</p>
  const other = isForReader ? lang : translation.lang
  return (
    <>
      <div id={id} lang={isForReader ? translation.lang : lang} className={className}>
        {isForReader ? theirs : original}
      </div>
      <details className="mt-0.5 text-[13px]">
        <summary className="flex min-h-6 w-fit list-none flex-wrap items-center gap-x-2 rounded-sm text-ink-2 [&::-webkit-details-marker]:hidden">
          {isForReader && <Credit by={translation.by} />}
          <span className="font-medium text-accent underline-offset-4 hover:underline">
            {isForReader ? t(`said.original_${other}`) : t(`said.translation_${other}`)}
          </span>
        </summary>
        <div className="mt-1 border-l-2 border-line-strong pl-3 text-ink-2">
          <div lang={other}>{isForReader ? original : theirs}</div>
          {!isForReader && (
            <p className="mt-0.5">
              <Credit by={translation.by} />
            </p>
          )}
        </div>
      </details>
    </>
  )
}

/** Does the translation stand first for this reader? */
export function isTranslatedFor({ lang, translation }: Spoken, reader: Language): boolean {
  return lang !== reader && translation?.lang === reader
}

function Credit({ by }: Pick<SaidTranslation, 'by'>) {
  const { t } = useTranslation('room-panels')
  if (!by) return <span>{t('said.label')}</span>
  return (
    <span>
      <Sentence
        say={(part) => t('said.by', { name: part('name') })}
        parts={{ name: <AttendeeName person={by} /> }}
      />
    </span>
  )
}

/** Asking for a translation of what was said, and writing one. */
export function TranslateTools({
  item,
  of = 'text',
  answer,
  said,
  asked,
  max = SAID_MAX,
  form,
}: {
  /** Id of the item. */
  item: string
  of?: 'text' | 'answer'
  /** Words of a free answer to a poll, which have no other name. */
  answer?: string
  said: Spoken
  /** Somebody asks for it already. */
  asked: boolean
  /** Longest translation. */
  max?: number
  /** Where it is more than one text: what they are written in. */
  form?: (close: () => void) => ReactNode
}) {
  const { t } = useTranslation('room-panels')
  const { may, status } = useRoomState()
  const doing = useDoing()
  const id = useId()
  const keptAs = useDraftName()(`translate ${item} ${answer ?? of}`)
  const [isWriting, setWriting] = useKeptOpen(keptAs, may.translate)
  const SaidForm = useLater(loadForm, isWriting && !form)?.SaidForm
  const focusAfter = useFocusAfter()
  const name = answer === undefined ? `translating-${item}-${of}` : id
  const to = otherLanguage(said.lang)
  if (!isTranslating(status)) return null
  const close = () => {
    focusAfter(name)
    setWriting(false)
  }
  if (isWriting && form) return <div className="basis-full">{form(close)}</div>
  if (isWriting && SaidForm) {
    return (
      <div className="basis-full">
        <SaidForm
          label={t(`said.write_${to}`)}
          submit={t('said.save')}
          lang={to}
          initial={{ text: said.translation?.text ?? '' }}
          max={max}
          keptAs={keptAs}
          onClose={close}
          send={(words) =>
            doing.ask(
              answer === undefined
                ? { act: 'translate', item, of, ...words }
                : { act: 'translate_answer', item, answer, ...words },
            )
          }
        />
      </div>
    )
  }
  const mayAsk = of === 'text' && !may.translate && !said.translation
  return (
    <>
      {may.translate && (
        <LinkButton
          id={name}
          // until the form has come
          aria-disabled={isWriting || undefined}
          className="aria-disabled:opacity-60"
          onClick={() => setWriting(true)}
        >
          {said.translation ? t('said.change') : t(`said.add_${to}`)}
        </LinkButton>
      )}
      {mayAsk && !asked && (
        <LinkButton
          onClick={() => {
            focusAfter(name)
            doing.run({ act: 'ask_translation', item })
          }}
        >
          {t('said.ask')}
        </LinkButton>
      )}
      {asked && !said.translation && (
        <span
          // stands where it was asked for; who translates has a button of that name
          id={may.translate ? undefined : name}
          tabIndex={-1}
          className="px-1.5 text-[13px] text-drift"
        >
          {t('said.asked')}
        </span>
      )}
      <ProblemLine code={doing.problem} />
    </>
  )
}
