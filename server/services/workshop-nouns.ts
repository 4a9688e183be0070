import type { Ports } from '../ports'
import * as attendance from './attendance'
import * as attendanceCorrections from './attendance-corrections'
import * as attendanceLasting from './attendance-lasting'
import * as attended from './attended'
import { bind } from './bind'
import * as calendars from './calendars'
import * as certificateIssuing from './certificate-issuing'
import * as certificates from './certificates'
import * as guestCodes from './guest-codes'
import * as guestLeaving from './guest-leaving'
import * as guestLinks from './guest-links'
import * as guestReturns from './guest-returns'
import * as learning from './learning'
import * as learningCodes from './learning-codes'
import * as learningPromises from './learning-promises'
import * as learningSheets from './learning-sheets'
import * as learningVoices from './learning-voices'
import * as outcomeSources from './outcome-sources'
import * as outcomeTasks from './outcome-tasks'
import * as outcomes from './outcomes'
import * as providers from './providers'
import * as reports from './reports'
import * as slideMaking from './slide-making'
import * as slidePairs from './slide-pairs'
import * as slideReading from './slide-reading'
import * as slideWords from './slide-words'
import * as slides from './slides'
import * as workshopActs from './workshop-acts'
import * as workshopAttendance from './workshop-attendance'
import * as workshopChanges from './workshop-changes'
import * as workshopChoices from './workshop-choices'
import * as workshopDocuments from './workshop-documents'
import * as workshopDoor from './workshop-door'
import * as workshopGuests from './workshop-guests'
import * as workshopLater from './workshop-later'
import * as workshopLettingIn from './workshop-letting-in'
import * as workshopMaterials from './workshop-materials'
import * as workshopPeople from './workshop-people'
import * as workshopRegistration from './workshop-registration'
import * as workshopReminders from './workshop-reminders'
import * as workshopRoom from './workshop-room'
import * as workshopSeriesPlaces from './workshop-series-places'
import * as workshopStates from './workshop-states'
import * as workshopSummaries from './workshop-summaries'
import * as workshops from './workshops'

/** What there is around workshops: their plan, their room, and what they leave behind. */
export function workshopNouns(ports: Ports) {
  return {
    attendance: bind(ports, {
      setLasted: attendanceLasting.setLasted,
      readAttendance: attendance.readAttendance,
      correctAttendance: attendanceCorrections.correctAttendance,
      markThere: attendanceCorrections.markThere,
      addAttender: attendanceCorrections.addAttender,
      addMember: attendanceCorrections.addMember,
      listAttended: attended.listAttended,
    }),
    calendars: bind(ports, {
      eventIcs: calendars.eventIcs,
      feedIcs: calendars.feedIcs,
      pathOf: calendars.pathOf,
      readFeed: calendars.readFeed,
      makeFeed: calendars.makeFeed,
      endFeed: calendars.endFeed,
    }),
    certificates: bind(ports, {
      issueCertificates: certificateIssuing.issueCertificates,
      reissueCertificate: certificateIssuing.reissueCertificate,
      revokeCertificate: certificates.revokeCertificate,
      openCertificate: certificates.openCertificate,
      checkCertificate: certificates.checkCertificate,
    }),
    learning: bind(ports, {
      readTest: learning.readTest,
      saveTest: learning.saveTest,
      openTest: learning.openTest,
      readResults: learningVoices.readResults,
      blankVoice: learningVoices.blankVoice,
      drawCode: learningCodes.drawCode,
      readOwnTest: learningSheets.readOwnTest,
      answerTest: learningSheets.answerTest,
      evaluate: learningSheets.evaluate,
      readLearningState: learningSheets.readLearningState,
      readPromise: learningPromises.readPromise,
      savePromise: learningPromises.savePromise,
      withdrawPromise: learningPromises.withdrawPromise,
      answerPromise: learningPromises.answerPromise,
    }),
    outcomes: bind(ports, {
      readOutcomes: outcomes.readOutcomes,
      addOutcome: outcomes.addOutcome,
      assignOutcome: outcomeTasks.assignOutcome,
      settleOutcome: outcomes.settleOutcome,
      removeOutcome: outcomes.removeOutcome,
      threadFrom: outcomeSources.threadFrom,
      protocolFrom: outcomeSources.protocolFrom,
    }),
    providers: bind(ports, { listProviders: providers.listProviders }),
    reports: bind(ports, {
      readReport: reports.readReport,
      saveReport: reports.saveReport,
      exportReport: reports.exportReport,
    }),
    slides: bind(ports, {
      makeDeck: slides.makeDeck,
      listDecks: slideReading.listDecks,
      readDeck: slideReading.readDeck,
      readSlide: slideReading.readSlide,
      listPdfs: slides.listPdfs,
      workshopOfDeck: slideReading.workshopOfDeck,
      openPage: slideReading.openPage,
      pairDecks: slidePairs.pairDecks,
      writeSlide: slideWords.writeSlide,
      removeDeck: slides.removeDeck,
      makeSlides: slideMaking.makeSlides,
    }),
    workshops: bind(ports, {
      listWorkshops: workshops.listWorkshops,
      readWorkshop: workshops.readWorkshop,
      readPlan: workshops.readPlan,
      nextWorkshop: workshopSummaries.nextWorkshop,
      listChoices: workshopChoices.listChoices,
      createWorkshop: workshops.createWorkshop,
      listLater: workshopLater.listLater,
      changeWorkshop: workshopChanges.changeWorkshop,
      moveWorkshop: workshopStates.moveWorkshop,
    }),
    workshopDocuments: bind(ports, {
      beginDocument: workshopDocuments.beginDocument,
      readDocument: workshopDocuments.readDocument,
    }),
    workshopGuests: bind(ports, {
      makeLink: workshopGuests.makeLink,
      endLink: workshopGuests.endLink,
      setLinkAdmits: workshopGuests.setLinkAdmits,
      readLink: guestLinks.readLink,
      readPlaces: guestLinks.readPlaces,
      readDemoGuest: guestCodes.readDemoGuest,
      beginDemoGuest: guestCodes.beginDemoGuest,
      askGuestCode: guestCodes.askGuestCode,
      enterGuestCode: guestCodes.enterGuestCode,
      mayReturn: guestReturns.mayReturn,
      askReturnCode: guestReturns.askReturnCode,
      leaveComputer: guestLeaving.leaveComputer,
      listGuests: workshopGuests.listGuests,
      inviteGuest: workshopGuests.inviteGuest,
      resendInvitation: workshopGuests.resendInvitation,
      removeGuest: workshopGuests.removeGuest,
    }),
    workshopMaterials: bind(ports, {
      listMaterials: workshopMaterials.listMaterials,
      openMaterial: workshopMaterials.openMaterial,
    }),
    workshopDoor: bind(ports, {
      attendeeAmong: workshopDoor.attendeeAmong,
      enterRoom: workshopDoor.enterRoom,
      readDoor: workshopDoor.readDoor,
      letIn: workshopLettingIn.letIn,
      letAllIn: workshopLettingIn.letAllIn,
    }),
    workshopRoom: bind(ports, {
      openRoom: workshopRoom.openRoom,
      catchUp: workshopRoom.catchUp,
      listEarlier: workshopRoom.listEarlier,
      act: workshopActs.act,
      admitToRoom: workshopRoom.admitToRoom,
      waitAt: workshopRoom.waitAt,
      readMine: workshopRoom.readMine,
      readTallies: workshopRoom.readTallies,
      readPulse: workshopRoom.readPulse,
      readStandings: workshopRoom.readStandings,
    }),
    workshopAttendance: bind(ports, {
      arrive: workshopAttendance.arrive,
      beginStay: workshopAttendance.beginStay,
      leave: workshopAttendance.leave,
      stillHere: workshopAttendance.stillHere,
      closeLostStays: workshopAttendance.closeLostStays,
      listHere: workshopAttendance.listHere,
      listPeople: workshopPeople.listPeople,
      listWaiting: workshopAttendance.listWaiting,
    }),
    workshopRegistration: bind(ports, {
      register: workshopRegistration.register,
      cancelRegistration: workshopRegistration.cancelRegistration,
      readRegistration: workshopRegistration.readRegistration,
      listParticipants: workshopRegistration.listParticipants,
      listRegistrable: workshopRegistration.listRegistrable,
      registerMember: workshopRegistration.registerMember,
      takeOff: workshopRegistration.takeOff,
      listSeriesPlaces: workshopSeriesPlaces.listSeriesPlaces,
      registerForLater: workshopSeriesPlaces.registerForLater,
      cancelLater: workshopSeriesPlaces.cancelLater,
    }),
    workshopReminders: bind(ports, { remindDue: workshopReminders.remindDue }),
  }
}
