/** What people write into an event report, in both languages. */
export const REPORT_PARTS = ['summary', 'decisions', 'costs', 'press'] as const
