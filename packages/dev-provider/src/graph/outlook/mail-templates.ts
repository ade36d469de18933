/** A message of the default mailbox. */
export interface MailTemplate {
  readonly subject: string
  readonly text: string
  /** The time before the start of the current day, in hours. */
  readonly hoursAgo: number
  readonly isRead: boolean
  readonly importance?: 'high'
}

/** The messages of each mailbox, the newest first. `{name}` is the first name of the user. */
export const mailTemplates: readonly MailTemplate[] = [
  {
    subject: 'Review of the new sign-in page',
    text: 'Hi {name},\n\nCan you look at the new sign-in page before our meeting tomorrow? The draft is in the shared folder.\n\nThanks',
    hoursAgo: 7,
    isRead: false,
    importance: 'high',
  },
  {
    subject: 'Lunch on Thursday?',
    text: 'Hi {name}, the new place around the corner is open. Do you have time on Thursday at 12:30?',
    hoursAgo: 9,
    isRead: false,
  },
  {
    subject: 'Notes of the planning meeting',
    text: 'Hello,\n\nHere are the notes of the planning meeting. The next release is planned for the end of the month.',
    hoursAgo: 14,
    isRead: true,
  },
  {
    subject: 'Your expense report was approved',
    text: 'Your expense report for the conference was approved. You receive the payment with your next salary.',
    hoursAgo: 31,
    isRead: true,
  },
  {
    subject: 'Question about the to-do list',
    text: 'Hi {name}, I cannot see the tasks of my team anymore. Did something change in the permissions?',
    hoursAgo: 34,
    isRead: false,
  },
  {
    subject: 'Office closed on Friday afternoon',
    text: 'The office closes on Friday at 14:00, because the elevator is repaired.',
    hoursAgo: 56,
    isRead: true,
  },
  {
    subject: 'Re: Budget for the third quarter',
    text: 'Thank you for the numbers. I added two comments to the document.',
    hoursAgo: 79,
    isRead: true,
  },
  {
    subject: 'Welcome to the project',
    text: 'Hi {name},\n\nWelcome to the project. The description and the schedule are on the team page.',
    hoursAgo: 103,
    isRead: true,
  },
  {
    subject: 'Test results of the beta',
    text: 'The test results of the beta are ready. Three of forty cases failed, all of them on the settings page.',
    hoursAgo: 127,
    isRead: true,
  },
  {
    subject: 'Training: accessible forms',
    text: 'There are free places in the training about accessible forms. Reply to this message to register.',
    hoursAgo: 151,
    isRead: true,
  },
  {
    subject: 'New laptop',
    text: 'Your new laptop is ready. You can collect it at the IT desk between 9:00 and 16:00.',
    hoursAgo: 175,
    isRead: true,
  },
  {
    subject: 'Survey: how do you work?',
    text: 'Please take five minutes for our yearly survey. Your replies are anonymous.',
    hoursAgo: 199,
    isRead: true,
  },
]
