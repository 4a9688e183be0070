import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../../shared/languages'
import type { GroupView } from '../../../../shared/room-views'
import { useFocusAfter } from '../../../lib/focus-after'
import { LinkButton } from '../../discussions/link-button'
import { useWriting } from '../../discussions/use-writing'
import { useDraftName, useHasDraft } from '../kept-drafts'
import { KeptWords } from '../kept-words'
import { useRoomState } from '../room-context'

/** What was said before what is shown, in all groups that the reader hears. */
export function EarlierTalk() {
  const { t } = useTranslation('room-panels')
  const { earlierTalk, showEarlierTalk } = useRoomState()
  const focusAfter = useFocusAfter()
  const [isFailed, setFailed] = useState(false)
  async function show() {
    focusAfter('groups')
    setFailed(!(await showEarlierTalk()))
  }
  if (earlierTalk === 0) return null
  return (
    <p className="text-[13px]">
      <LinkButton onClick={() => void show()}>{t('group.earlier')}</LinkButton>
      {isFailed && (
        <span role="alert" className="block text-danger">
          {t('group.earlierFailed')}
        </span>
      )}
    </p>
  )
}

/** What was being written to a group as the reader was moved, or called back: to be copied, or discarded. */
export function KeptTalk({ group }: { group: GroupView }) {
  const { t } = useTranslation('room-panels')
  const keptAs = useDraftName()(`group ${group.id}`)
  const hasDraft = useHasDraft()
  const focusAfter = useFocusAfter()
  const { text, setText, lang } = useWriting(LANGUAGES, { text: '' }, keptAs)
  // what was on its way may have been sent all the same
  if (text === '' || !hasDraft(keptAs)) return null
  return (
    <div className="grid justify-items-start gap-1.5 rounded-card border border-line p-3">
      <strong className="font-semibold">{t('group.number', { number: group.number })}</strong>
      <div className="w-full">
        <KeptWords text={text} lang={lang} />
      </div>
      <LinkButton
        onClick={() => {
          focusAfter('groups')
          setText('')
        }}
      >
        {t('unsent.drop')}
      </LinkButton>
    </div>
  )
}
