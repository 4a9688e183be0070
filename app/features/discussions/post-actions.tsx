import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { otherLanguage } from '../../../shared/languages'
import type { ReplyView } from '../../../shared/views'
import { PurgeLink } from '../privacy/purge-link'
import { ConfirmButton } from './confirm-button'
import { LinkButton } from './link-button'
import { TextForm } from './text-form'
import { useOpenedThread } from './thread-context'
import { TranslationRequest } from './translation-request'

/**
 * What the reader may do with a post; nothing in a closed thread but taking words back.
 *
 * @param onDelete told before the post is deleted, and these with it
 */
export function PostActions({ post, onDelete }: { post: ReplyView; onDelete: () => void }) {
  const { t } = useTranslation('discussions')
  const { data, live, slug, scripted, answer } = useOpenedThread()
  const [open, setOpen] = useState<'edit' | 'translate' | null>(null)
  // of the post as it was when its words were opened
  const [base, setBase] = useState(post.rev)
  const { may, me } = data
  const isOwn = post.author?.id === me.id
  const isOpen = !live.thread.locked
  const target = otherLanguage(post.lang)
  const close = () => setOpen(null)
  const begin = (which: 'edit' | 'translate') => {
    setBase(post.rev)
    setOpen(which)
  }
  const at = { what: 'post', thread: post.threadId, reply: post.id } as const
  const purge = may.purge && <PurgeLink slug={slug} at={at} />
  // with scripts it comes with the others: nothing moves under somebody's finger
  if (!scripted) return purge ? <noscript>{purge}</noscript> : null
  return (
    <>
      <div className="-ml-1.5 mt-1 flex flex-wrap items-center gap-x-1 gap-y-0.5 print:hidden">
        {may.reply && isOpen && (
          <LinkButton onClick={() => answer(post)}>{t('post.reply')}</LinkButton>
        )}
        {may.translate && isOpen && (
          <LinkButton aria-expanded={open === 'translate'} onClick={() => begin('translate')}>
            {post.translation
              ? t('translation.change')
              : t(target === 'en' ? 'translation.addEn' : 'translation.addRu')}
          </LinkButton>
        )}
        {may.askForTranslation && isOpen && <TranslationRequest post={post} kind="ask" />}
        {isOwn && may.reply && isOpen && (
          <LinkButton aria-expanded={open === 'edit'} onClick={() => begin('edit')}>
            {t('post.edit')}
          </LinkButton>
        )}
        {((isOwn && may.reply) || may.moderate) && (
          <ConfirmButton
            ask={t('post.delete')}
            question={t('post.deleteSure')}
            confirm={t('post.deleteYes')}
            onConfirm={() => {
              onDelete()
              return live.remove(post.id)
            }}
          />
        )}
        {purge}
      </div>
      {post.request && <TranslationRequest post={post} kind="show" />}
      {open === 'edit' && (
        <TextForm
          label={t('post.editLabel')}
          lang={post.lang}
          initial={post.text}
          submit={t('post.save')}
          save={(text, acknowledged) => live.edit(post.id, text, { base, acknowledged })}
          onClose={close}
        />
      )}
      {open === 'translate' && (
        <TextForm
          label={t(target === 'en' ? 'translation.labelEn' : 'translation.labelRu')}
          lang={target}
          initial={post.translation?.text ?? ''}
          submit={t('translation.save')}
          save={(text, acknowledged) => live.translate(post.id, text, { base, acknowledged })}
          onClose={close}
        />
      )}
    </>
  )
}
