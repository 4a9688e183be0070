import { Form, useNavigation } from '@remix-run/react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, otherLanguage } from '../../../shared/languages'
import type { MentionableView, ThreadAnchor } from '../../../shared/views'
import { Button, ButtonLink } from '../../components/button'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { useHydrated } from '../../lib/hydrated'
import { noticeOf, type Refusal, wrongIn } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'
import { MentionButton, MentionList } from './mention-list'
import { TEXT_MAX } from './text-form'
import { useMentions } from './use-mentions'
import { useWriting } from './use-writing'
import { LanguageOffer, WritingLanguage } from './writing-language'

/** As the schema of a title and of tags has them. */
const TITLE_MAX = 200
const TAGS_MAX_CHARS = 300

type Props = {
  /** Address of the list of discussions. */
  base: string
  people: readonly MentionableView[]
  languages: readonly Language[]
  anchor: Pick<ThreadAnchor, 'protocolId' | 'unit'> | null
  /** Of this form, so that sending it twice makes one thread. */
  clientKey: string
  refusal: Refusal | null
  /** Instead of going back to the list. */
  onCancel?: (() => void) | undefined
  /** Instead of going to the new thread's page; told the form's fields. */
  send?: { go: (fields: Record<string, string>) => void; isSending: boolean } | undefined
}

/** Two titles, at least one of them; the first post and its language; tags. */
export function NewThreadForm({
  base,
  people,
  languages,
  anchor,
  clientKey,
  refusal,
  onCancel,
  send,
}: Props) {
  const { t } = useTranslation(['discussions', 'errors'])
  const id = useId()
  const form = useFocusRefused(refusal)
  const scripted = useHydrated()
  const isLeaving = useNavigation().state !== 'idle'
  const isSending = send?.isSending ?? isLeaving
  const kept = refusal?.values ?? {}
  const { area, text, setText, lang, choose, write } = useWriting(languages, {
    text: kept.text ?? '',
    lang: languages.find((each) => each === kept.lang),
  })
  const mentions = useMentions({ area, text, lang, people, write })
  const detail = wrongIn(refusal)
  const { lang: reader } = useReader()
  const titles = {
    en: { name: 'titleEn', label: t('new.titleEn') },
    ru: { name: 'titleRu', label: t('new.titleRu') },
  } as const
  const titleError = detail.titleEn === 'title_required' ? t('new.titleNeeded') : undefined
  const tooLong = t('new.titleTooLong', { count: TITLE_MAX })
  const errorOf = (each: Language) => {
    // that there is none is said at the first field
    if (titleError) return each === reader ? titleError : undefined
    return detail[titles[each].name] ? tooLong : undefined
  }
  return (
    <Form
      ref={form}
      method="post"
      action={`${base}/new${anchor ? `?protocol=${anchor.protocolId}&unit=${anchor.unit}` : ''}`}
      noValidate
      onSubmit={(event) => {
        if (!send) return
        event.preventDefault()
        const pressed =
          event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null
        const fields = [...new FormData(event.currentTarget, pressed)].filter(
          (pair): pair is [string, string] => typeof pair[1] === 'string',
        )
        if (!isSending) send.go(Object.fromEntries(fields))
      }}
      className="mt-6 grid max-w-[680px] gap-5"
    >
      <RefusedNotice code={noticeOf(refusal)} />
      {[reader, otherLanguage(reader)].map((each) => (
        <Field
          key={each}
          {...titles[each]}
          lang={each}
          maxLength={TITLE_MAX}
          defaultValue={kept[titles[each].name] ?? ''}
          error={errorOf(each)}
        />
      ))}
      <div className="grid gap-1.5">
        <label htmlFor={id} className="font-medium">
          {t('new.text')}
        </label>
        <div className="relative">
          <textarea
            id={id}
            ref={area}
            name="text"
            lang={lang}
            rows={5}
            maxLength={TEXT_MAX}
            value={text}
            aria-invalid={detail.text ? true : undefined}
            aria-describedby={detail.text ? `${id}-error` : undefined}
            {...mentions.field}
            onChange={(event) => {
              setText(event.currentTarget.value)
              mentions.follow()
            }}
            onKeyDown={(event) => {
              mentions.onKey(event)
            }}
            className="block w-full resize-none rounded-lg border border-line-control bg-surface px-3 py-2 text-base aria-[invalid=true]:border-2 aria-[invalid=true]:border-danger"
          />
          {scripted && <MentionList mentions={mentions} />}
        </div>
        {detail.text && (
          <p id={`${id}-error`} className="text-[13px] font-medium text-danger">
            {t('new.textNeeded')}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {scripted && <MentionButton mentions={mentions} />}
          <WritingLanguage languages={languages} value={lang} onChange={choose} />
          <LanguageOffer text={text} lang={lang} languages={languages} onChange={choose} />
        </div>
      </div>
      <Field
        label={t('new.tags')}
        hint={t('new.tagsHint')}
        name="tags"
        maxLength={TAGS_MAX_CHARS}
        defaultValue={kept.tags ?? ''}
        error={detail.tags || detail['tags.0'] ? t('new.tagsWrong') : undefined}
      />
      {anchor && <input type="hidden" name="protocolId" value={anchor.protocolId} />}
      {anchor && <input type="hidden" name="unit" value={anchor.unit} />}
      <input type="hidden" name="clientKey" value={kept.clientKey ?? clientKey} />
      <AskedForm refusal={refusal} form={form} />
      <p className="flex flex-wrap gap-3">
        <Button aria-disabled={isSending || undefined}>{t('new.open')}</Button>
        {onCancel ? (
          <Button type="button" look="quiet" onClick={onCancel}>
            {t('composer.cancel')}
          </Button>
        ) : (
          <ButtonLink to={base} look="quiet">
            {t('composer.cancel')}
          </ButtonLink>
        )}
      </p>
    </Form>
  )
}
