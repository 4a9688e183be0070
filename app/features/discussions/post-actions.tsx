import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { otherLanguage } from '../../../shared/languages'
import type { ReplyView } from '../../../shared/views'
import { ConfirmButton } from './confirm-button'
import { LinkButton } from './link-button'
import { TextForm } from './text-form'
import { useOpenedThread } from './thread-context'
import { TranslationRequest } from './translation-request'

/** What the reader may do with a post; nothing in a closed thread but taking words back. */
export function PostActions({ post }: { post: ReplyView }) {
  const { t } = useTranslation('discussions')
  const { data, live, scripted, answer } = useOpenedThread()
  const [open, setOpen] = useState<'edit' | 'translate' | null>(null)
  const { may, me } = data
  const isOwn = post.author?.id === me.id
  const isOpen = !live.thread.locked
  const target = otherLanguage(post.lang)
  const close = () => setOpen(null)
  if (!scripted) return null
  return (
    <>
      <div className="-ml-1.5 mt-1 flex flex-wrap items-center gap-x-1 gap-y-0.5 print:hidden">
        {may.reply && isOpen && (
          <LinkButton onClick={() => answer(post)}>{t('post.reply')}</LinkButton>
        )}
        {may.translate && isOpen && (
          <LinkButton aria-expanded={open === 'translate'} onClick={() => setOpen('translate')}>
            {post.translation
              ? t('translation.change')
              : t(target === 'en' ? 'translation.addEn' : 'translation.addRu')}
          </LinkButton>
        )}
        {may.askForTranslation && isOpen && <TranslationRequest post={post} kind="ask" />}
        {isOwn && may.reply && isOpen && (
          <LinkButton aria-expanded={open === 'edit'} onClick={() => setOpen('edit')}>
            {t('post.edit')}
          </LinkButton>
        )}
        {((isOwn && may.reply) || may.moderate) && (
          <ConfirmButton
            ask={t('post.delete')}
            question={t('post.deleteSure')}
            confirm={t('post.deleteYes')}
            onConfirm={() => live.remove(post.id)}
          />
        )}
      </div>
      {post.request && <TranslationRequest post={post} kind="show" />}
      {open === 'edit' && (
        <TextForm
          label={t('post.editLabel')}
          lang={post.lang}
          initial={post.text}
          submit={t('post.save')}
          save={(text) => live.edit(post.id, text)}
          onClose={close}
        />
      )}
      {open === 'translate' && (
        <TextForm
          label={t(target === 'en' ? 'translation.labelEn' : 'translation.labelRu')}
          lang={target}
          initial={post.translation?.text ?? ''}
          submit={t('translation.save')}
          save={(text) => live.translate(post.id, text)}
          onClose={close}
        />
      )}
    </>
  )
}
