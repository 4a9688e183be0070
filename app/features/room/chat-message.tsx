import { useTranslation } from 'react-i18next'
import type { MessageView } from '../../../shared/room-views'
import { ConfirmButton } from '../discussions/confirm-button'
import { Byline } from './panels/byline'
import { SaidWords, TranslateTools } from './panels/said-words'
import { useRoomState } from './room-context'

/** One message with what can be done about it. */
export function ChatMessage({ message }: { message: MessageView }) {
  const { t } = useTranslation('room')
  const { me, staff, status, act } = useRoomState()
  const isMine = message.by?.id === me.id
  if (message.deletedAt) {
    return (
      <li data-message={message.id} className="text-[13px] text-ink-3">
        {t('chat.deleted')}
      </li>
    )
  }
  return (
    <li data-message={message.id} className="min-w-0">
      <p className="mb-0.5 flex flex-wrap items-center gap-x-2 text-[13px] text-ink-2">
        <Byline by={message.by} at={message.at} />
      </p>
      <SaidWords said={message} text={message.text} />
      {status !== 'cancelled' && (
        <div className="-ml-1.5 flex flex-wrap items-center gap-x-1 print:hidden [@media(scripting:none)]:hidden">
          <TranslateTools item={message.id} said={message} asked={message.translationAsked} />
          {(isMine || staff) && (
            <ConfirmButton
              ask={t('chat.delete')}
              question={t('chat.deleteSure')}
              confirm={t('chat.delete')}
              onConfirm={() => act({ act: 'delete', item: message.id })}
            />
          )}
        </div>
      )}
    </li>
  )
}
