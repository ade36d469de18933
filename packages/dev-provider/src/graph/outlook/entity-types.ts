import { OUTLOOK, type EntityType } from '../odata/entity.js'

/** A message. */
export const messageType: EntityType = {
  name: 'message',
  set: 'messages',
  service: OUTLOOK,
  always: ['@odata.etag', 'id'],
  properties:
    'id createdDateTime lastModifiedDateTime changeKey categories receivedDateTime sentDateTime hasAttachments internetMessageId subject bodyPreview importance parentFolderId conversationId conversationIndex isDeliveryReceiptRequested isReadReceiptRequested isRead isDraft webLink inferenceClassification body uniqueBody sender from toRecipients ccRecipients bccRecipients replyTo flag internetMessageHeaders'.split(
      ' ',
    ),
}

/** A folder of messages. */
export const mailFolderType: EntityType = {
  name: 'mailFolder',
  set: 'mailFolders',
  service: OUTLOOK,
  always: ['id'],
  properties:
    'id displayName parentFolderId childFolderCount unreadItemCount totalItemCount sizeInBytes isHidden'.split(
      ' ',
    ),
}

/** An event in a calendar. */
export const eventType: EntityType = {
  name: 'event',
  set: 'events',
  service: OUTLOOK,
  always: ['@odata.etag', 'id'],
  properties:
    'id createdDateTime lastModifiedDateTime changeKey categories transactionId originalStartTimeZone originalEndTimeZone originalStart iCalUId uid reminderMinutesBeforeStart isReminderOn hasAttachments subject bodyPreview importance sensitivity isAllDay isCancelled isDraft isOrganizer responseRequested seriesMasterId showAs type webLink onlineMeetingUrl isOnlineMeeting onlineMeetingProvider allowNewTimeProposals occurrenceId hideAttendees responseStatus body start end location locations recurrence attendees organizer onlineMeeting cancelledOccurrences'.split(
      ' ',
    ),
}
