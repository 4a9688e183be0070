import type { Ports } from '../ports'
import * as accounts from './accounts'
import * as files from './files'
import * as glossary from './glossary'
import * as home from './home'
import * as liveProtocols from './live-protocols'
import * as notifications from './notifications'
import * as partnerships from './partnerships'
import * as people from './people'
import * as protocolBacklog from './protocol-backlog'
import * as protocolCopies from './protocol-copies'
import * as protocols from './protocols'
import * as readings from './readings'
import * as replies from './replies'
import * as replyChanges from './reply-changes'
import * as resources from './resources'
import * as search from './search'
import * as threadAccess from './thread-access'
import * as threads from './threads'
import * as translationRequests from './translation-requests'
import * as uploads from './uploads'

/** The product: one file per noun, one function per verb, each with the ports already bound. */
export function createServices(ports: Ports) {
  return {
    accounts: bind(ports, {
      signIn: accounts.signIn,
      signOut: accounts.signOut,
      readSelf: accounts.readSelf,
      chooseLanguage: accounts.chooseLanguage,
      listDemoAccounts: accounts.listDemoAccounts,
    }),
    partnerships: bind(ports, {
      listMyPartnerships: partnerships.listMyPartnerships,
      openPartnership: partnerships.openPartnership,
      listMembers: partnerships.listMembers,
    }),
    protocols: bind(ports, {
      listProtocols: protocols.listProtocols,
      readProtocol: protocols.readProtocol,
      createProtocol: protocols.createProtocol,
      renameProtocol: protocols.renameProtocol,
      admitToProtocol: liveProtocols.admitToProtocol,
      markInSync: liveProtocols.markInSync,
      noteSettled: liveProtocols.noteSettled,
      noteBacklog: protocolBacklog.noteBacklog,
      listCopies: protocolCopies.listCopies,
      putBackCopy: protocolCopies.putBackCopy,
    }),
    people: bind(ports, {
      readMyself: people.readMyself,
      listMentionable: people.listMentionable,
    }),
    discussions: bind(ports, {
      admitToThread: threadAccess.admitToThread,
      listThreads: threads.listThreads,
      openThread: threads.openThread,
      createThread: threads.createThread,
      lockThread: threads.lockThread,
      postReply: replies.postReply,
      sendReply: replies.sendReply,
      editReply: replyChanges.editReply,
      deleteReply: replyChanges.deleteReply,
      translateReply: replyChanges.translateReply,
      listReplies: replies.listReplies,
      catchUp: replies.catchUp,
      markRead: readings.markRead,
      countUnread: readings.countUnread,
    }),
    resources: bind(ports, {
      listResources: resources.listResources,
      readResource: resources.readResource,
      createResource: resources.createResource,
      changeResource: resources.changeResource,
      changeTranslation: translationRequests.changeTranslation,
      openFile: files.openFile,
      listUnfinished: files.listUnfinished,
    }),
    uploads: bind(ports, {
      beginUpload: uploads.beginUpload,
      readUpload: uploads.readUpload,
      receiveUpload: uploads.receiveUpload,
      endUpload: uploads.endUpload,
      sweepUploads: uploads.sweepUploads,
    }),
    notifications: bind(ports, {
      listNotifications: notifications.listNotifications,
      countNotifications: notifications.countNotifications,
      readNotification: notifications.readNotification,
      changeNotifications: notifications.changeNotifications,
    }),
    search: bind(ports, { search: search.search }),
    glossary: bind(ports, { listTerms: glossary.listTerms }),
    home: bind(ports, { readHome: home.readHome }),
  }
}

export type Services = ReturnType<typeof createServices>

type Verb = (ports: Ports, ...input: never[]) => unknown
type Bound<V> = V extends (ports: Ports, ...input: infer I) => infer R ? (...input: I) => R : never

function bind<N extends Record<string, Verb>>(
  ports: Ports,
  noun: N,
): { [K in keyof N]: Bound<N[K]> } {
  const bound = Object.entries(noun).map(([name, verb]) => [name, verb.bind(null, ports)])
  return Object.fromEntries(bound) as { [K in keyof N]: Bound<N[K]> }
}
