import type { ThreadChange } from '../../../shared/schemas/threads'
import type { ReplyView } from '../../../shared/views'
import type { Member } from '../../lib/route'

/**
 * Do what a form's `intent` asks for.
 *
 * @returns the post as it is now; null where the change is not one of a post
 * @throws AppError `not_found`, `forbidden`, `locked`
 */
export async function changeThread(
  { actor, services: { discussions } }: Pick<Member, 'actor' | 'services'>,
  thread: { partnershipId: string; threadId: string },
  change: ThreadChange,
): Promise<ReplyView | null> {
  switch (change.intent) {
    case 'edit':
      return discussions.editReply(
        actor,
        { ...thread, replyId: change.replyId },
        change.text,
        change,
      )
    case 'delete':
      return discussions.deleteReply(actor, { ...thread, replyId: change.replyId })
    case 'translate':
      return discussions.translateReply(
        actor,
        { ...thread, replyId: change.replyId },
        change.text,
        change,
      )
    case 'read':
      await discussions.markRead(actor, thread, change.seq)
      return null
    default: {
      const isLocked = change.intent === 'lock'
      await discussions.lockThread(actor, thread.threadId, isLocked, thread.partnershipId)
      return null
    }
  }
}
