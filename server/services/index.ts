import type { Ports } from '../ports'
import * as accountDeletion from './account-deletion'
import * as accounts from './accounts'
import * as adminOpenings from './admin-openings'
import * as auditSealer from './audit-sealer'
import { bind } from './bind'
import * as counterparts from './counterparts'
import * as emailCodes from './email-codes'
import * as exportBuilding from './export-building'
import * as exports from './exports'
import * as files from './files'
import * as glossary from './glossary'
import * as home from './home'
import * as invitationLists from './invitation-lists'
import * as invitations from './invitations'
import * as joining from './joining'
import * as liveProtocols from './live-protocols'
import * as mailDelivery from './mail-delivery'
import * as members from './members'
import * as notifications from './notifications'
import * as outbox from './outbox'
import * as partnerships from './partnerships'
import * as passkeys from './passkeys'
import * as passkeysSignIn from './passkeys-sign-in'
import * as passwords from './passwords'
import * as people from './people'
import * as profiles from './profiles'
import * as protocolBacklog from './protocol-backlog'
import * as protocolCopies from './protocol-copies'
import * as protocols from './protocols'
import * as purgeProtocols from './purge-protocols'
import * as purges from './purges'
import * as readings from './readings'
import * as record from './record'
import * as recordExport from './record-export'
import * as recoveryCodes from './recovery-codes'
import * as replies from './replies'
import * as replyChanges from './reply-changes'
import * as resources from './resources'
import * as search from './search'
import * as secondFactors from './second-factors'
import * as secondFactorsProof from './second-factors-proof'
import * as secondFactorsSignIn from './second-factors-sign-in'
import * as sessions from './sessions'
import * as signIn from './sign-in'
import * as surface from './surface'
import * as threadAccess from './thread-access'
import * as threads from './threads'
import * as tokens from './tokens'
import * as totp from './totp'
import * as translationRequests from './translation-requests'
import * as uploads from './uploads'
import * as workshopChannels from './workshop-channels'
import { workshopNouns } from './workshop-nouns'
import * as workshopSides from './workshop-sides'

/** The product: one file per noun, one function per verb, each with the ports already bound. */
export function createServices(ports: Ports) {
  return {
    accounts: bind(ports, {
      signOut: accounts.signOut,
      readSelf: accounts.readSelf,
      chooseLanguage: accounts.chooseLanguage,
      listDemoAccounts: accounts.listDemoAccounts,
      deleteAccount: accountDeletion.deleteAccount,
    }),
    signIn: bind(ports, {
      signIn: signIn.signIn,
      askCode: emailCodes.askCode,
      enterCode: emailCodes.enterCode,
      beginChallenge: signIn.beginChallenge,
      readChallenge: signIn.readChallenge,
      takeTry: signIn.takeTry,
      finishChallenge: signIn.finishChallenge,
      finishSignIn: signIn.finishSignIn,
    }),
    passwords: bind(ports, {
      askLink: passwords.askLink,
      askOwnLink: passwords.askOwnLink,
      readLink: passwords.readLink,
      setByLink: passwords.setByLink,
      readPassword: passwords.readPassword,
      changePassword: passwords.changePassword,
    }),
    sessions: bind(ports, {
      listSessions: sessions.listSessions,
      endSession: sessions.endSession,
      endOtherSessions: sessions.endOtherSessions,
    }),
    secondFactors: bind(ports, {
      listSecondFactors: secondFactors.listSecondFactors,
      readProofWays: secondFactorsProof.readProofWays,
      askProofPasskey: secondFactorsProof.askProofPasskey,
      proveAnew: secondFactorsProof.proveAnew,
      beginTotp: totp.beginTotp,
      confirmTotp: totp.confirmTotp,
      removeTotp: totp.removeTotp,
      makeRecoveryCodes: recoveryCodes.makeRecoveryCodes,
      readSecondStep: secondFactorsSignIn.readSecondStep,
      askSecondPasskey: secondFactorsSignIn.askSecondPasskey,
      passSecondStep: secondFactorsSignIn.passSecondStep,
    }),
    passkeys: bind(ports, {
      passkeyDomain: passkeysSignIn.passkeyDomain,
      askNewPasskey: passkeys.askNewPasskey,
      addPasskey: passkeys.addPasskey,
      renamePasskey: passkeys.renamePasskey,
      removePasskey: passkeys.removePasskey,
      askPasskeySignIn: passkeysSignIn.askPasskeySignIn,
      signInByPasskey: secondFactorsSignIn.signInByPasskey,
    }),
    partnerships: bind(ports, {
      listMyPartnerships: partnerships.listMyPartnerships,
      openPartnership: partnerships.openPartnership,
      listMembers: partnerships.listMembers,
    }),
    invitations: bind(ports, {
      invite: invitationLists.invite,
      listInvitations: invitations.listInvitations,
      changeInvitation: invitations.changeInvitation,
      readInvitation: joining.readInvitation,
      joinSignedIn: joining.joinSignedIn,
      joinAnew: joining.joinAnew,
    }),
    members: bind(ports, {
      changeMember: members.changeMember,
      removeMember: members.removeMember,
      leavePartnership: members.leavePartnership,
    }),
    counterparts: bind(ports, {
      listCounterparts: counterparts.listCounterparts,
      proposeCounterpart: counterparts.proposeCounterpart,
      answerCounterpart: counterparts.answerCounterpart,
    }),
    profiles: bind(ports, {
      readProfile: profiles.readProfile,
      saveProfile: profiles.saveProfile,
    }),
    adminOpenings: bind(ports, {
      openAsAdmin: adminOpenings.openAsAdmin,
      endAdminOpening: adminOpenings.endAdminOpening,
      readOwnOpening: adminOpenings.readOwnOpening,
      listAdminOpenings: adminOpenings.listAdminOpenings,
      tellEndedOpenings: adminOpenings.tellEndedOpenings,
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
    exports: bind(ports, {
      exportPartnership: exports.exportPartnership,
      exportOwn: exports.exportOwn,
      listPartnershipExports: exports.listPartnershipExports,
      listOwnExports: exports.listOwnExports,
      openExport: exports.openExport,
      buildExports: exportBuilding.buildExports,
      sweepExports: exports.sweepExports,
    }),
    workshopChannels: bind(ports, { openChannel: workshopChannels.openChannel }),
    surface: bind(ports, {
      admitWrite: surface.admitWrite,
      noteRefusal: surface.noteRefusal,
    }),
    mail: bind(ports, {
      deliverNext: mailDelivery.deliverNext,
      sweepLetters: mailDelivery.sweepLetters,
      listLetters: outbox.listLetters,
      readLetter: outbox.readLetter,
    }),
    purges: bind(ports, {
      readPurgeable: purges.readPurgeable,
      purge: purges.purge,
      sweepPurges: purgeProtocols.sweepPurges,
      listPurges: purges.listPurges,
    }),
    notifications: bind(ports, {
      listNotifications: notifications.listNotifications,
      countNotifications: notifications.countNotifications,
      readNotification: notifications.readNotification,
      changeNotifications: notifications.changeNotifications,
    }),
    tokens: bind(ports, {
      listTokens: tokens.listTokens,
      makeToken: tokens.makeToken,
      endToken: tokens.endToken,
      admitToken: tokens.admitToken,
    }),
    record: bind(ports, {
      listRecord: record.listRecord,
      listOwnSignIns: record.listOwnSignIns,
      exportRecord: recordExport.exportRecord,
      sealRecord: auditSealer.sealRecord,
    }),
    search: bind(ports, { search: search.search }),
    workshopSides: bind(ports, { listSides: workshopSides.listSides }),
    glossary: bind(ports, { listTerms: glossary.listTerms }),
    home: bind(ports, { readHome: home.readHome }),
    ...workshopNouns(ports),
  }
}

export type Services = ReturnType<typeof createServices>
