import { useTranslation } from 'react-i18next'
import type { GroupMessageView, MessageView } from '../../../shared/room-views'
import { useFocusAfter } from '../../lib/focus-after'
import { ConfirmButton } from '../discussions/confirm-button'
import { messageId } from './chat-ids'
import { Byline } from './panels/byline'
import { SaidWords, TranslateTools } from './panels/said-words'
import { useRoomState } from './room-context'

const TOOLS =
  '-mx-1.5 flex basis-full flex-wrap items-center gap-x-1 has-[form]:mx-0 has-[form]:[&>button]:hidden print:hidden [@media(scripting:none)]:hidden'
/** Seen when they are wanted, where there is a pointer to show it; a form or a problem stays. */
const QUIET_TOOLS =
  '[@media(hover:hover)]:absolute [@media(hover:hover)]:-top-1 [@media(hover:hover)]:mx-0 [@media(hover:hover)]:right-0 [@media(hover:hover)]:rounded-md [@media(hover:hover)]:bg-surface [@media(hover:hover)]:opacity-0 group-hover:opacity-100! group-focus-within:opacity-100! has-[form]:static! has-[form]:opacity-100! has-[[role=alert]]:opacity-100!'

/** One message with what can be done about it. */
export function ChatMessage({ message }: { message: MessageView | GroupMessageView }) {
  const { t } = useTranslation('room')
  const { me, staff, status, act } = useRoomState()
  const focusAfter = useFocusAfter()
  const isMine = message.by?.id === me.id
  const isAsked = message.translationAsked && !message.translation
  if (message.deletedAt) {
    return (
      <li
        id={messageId(message.id)}
        tabIndex={-1}
        data-message={message.id}
        className="text-[13px] text-ink-3"
      >
        {t('chat.deleted')}
      </li>
    )
  }
  return (
    // what can be done about it: on its first line under a pointer or within the focus, under it on touch
    <li
      data-message={message.id}
      className="group relative flex min-w-0 flex-wrap items-center gap-x-2"
    >
      <p className="mb-0.5 flex flex-wrap items-center gap-x-2 text-[13px] text-ink-2">
        <Byline by={message.by} at={message.at} />
      </p>
      <div className="min-w-0 basis-full">
        <SaidWords said={message} text={message.text} />
      </div>
      {status !== 'cancelled' && (
        // of a message that comes its words are read out, not what can be done about it
        <div aria-live="off" className={`${TOOLS} ${isAsked ? '' : QUIET_TOOLS}`}>
          <TranslateTools item={message.id} said={message} asked={message.translationAsked} />
          {(isMine || staff) && (
            <ConfirmButton
              ask={t('chat.delete')}
              question={t('chat.deleteSure')}
              confirm={t('chat.delete')}
              onConfirm={() => {
                focusAfter(messageId(message.id))
                return act({ act: 'delete', item: message.id })
              }}
            />
          )}
        </div>
      )}
    </li>
  )
}
