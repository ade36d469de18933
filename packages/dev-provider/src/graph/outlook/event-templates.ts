/** An event of the default calendar. */
export interface EventTemplate {
  readonly subject: string
  readonly text: string
  readonly location: string
  /** The number of days after today. */
  readonly day: number
  /** The hour of the start, in UTC. */
  readonly hour: number
  readonly minutes: number
  readonly isAllDay?: boolean
  /** `true` if the user organizes the event. Otherwise, a colleague organizes it. */
  readonly isOwn?: boolean
}

const DAY_MINUTES = 24 * 60

/** The events of each calendar, in the order of their start. */
export const eventTemplates: readonly EventTemplate[] = [
  {
    subject: 'Planning meeting',
    text: 'Plan the tasks of the next two weeks.',
    location: 'Room 1.12',
    day: -2,
    hour: 9,
    minutes: 60,
  },
  {
    subject: 'Daily stand-up',
    text: 'A short meeting about the tasks of today.',
    location: 'Room 1.04',
    day: 0,
    hour: 9,
    minutes: 15,
  },
  {
    subject: 'Review of the sign-in page',
    text: 'We look at the new sign-in page and collect comments.',
    location: 'Room 1.12',
    day: 1,
    hour: 13,
    minutes: 45,
    isOwn: true,
  },
  {
    subject: 'Weekly conversation',
    text: 'A conversation about your week.',
    location: '',
    day: 2,
    hour: 15,
    minutes: 30,
  },
  {
    subject: 'Quarterly planning',
    text: 'Goals and budget of the next quarter. Please read the document before the meeting.',
    location: 'Room 2.01',
    day: 6,
    hour: 8,
    minutes: 180,
  },
  {
    subject: 'Office closed',
    text: 'The office is closed on this day.',
    location: '',
    day: 20,
    hour: 0,
    minutes: DAY_MINUTES,
    isAllDay: true,
  },
]
