import { type ComponentProps, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../../shared/languages'
import { seenOf } from '../../../../shared/seen-words'
import type { ActAnswer } from '../room-acts'
import { type Said, SaidForm } from './said-form'

type Words = { text: string; lang: Language }

/**
 * Words that take the place of those that stand there. What somebody else has written meanwhile is shown
 * beside the form, which then saves over what was seen.
 *
 * @param send `seen`: what stood there when the form was opened, or was last told
 */
export function OverForm({
  stands,
  send,
  ...form
}: Omit<ComponentProps<typeof SaidForm>, 'send'> & {
  stands: Words | null
  send: (said: Said & { seen: string }) => Promise<ActAnswer>
}) {
  const { t } = useTranslation('room-panels')
  const now = stands?.text ?? ''
  const [opened] = useState(now)
  const [isTold, setTold] = useState(false)
  const seen = seenOf({ text: isTold ? now : opened })
  return (
    <div className="grid gap-2">
      {isTold && now !== opened && (
        <div role="status" className="max-w-[68ch] rounded-lg bg-wash px-3.5 py-2.5">
          <p className="text-[13px] font-medium">{t('page.meanwhile')}</p>
          <p lang={stands?.lang} className="whitespace-pre-wrap [overflow-wrap:anywhere]">
            {now || t('page.nothing')}
          </p>
        </div>
      )}
      <SaidForm
        {...form}
        send={async (said) => {
          const answer = await send({ ...said, seen })
          const isRefused = answer !== 'unreachable' && 'refused' in answer
          if (isRefused && answer.refused === 'conflict') setTold(true)
          return answer
        }}
      />
    </div>
  )
}
