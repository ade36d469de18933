// Setup of the tests whose process also contains zone.js, as that of a server with Angular. It replaces `Promise` and the timers.
// oxlint-disable-next-line no-unassigned-import -- It has no exports.
import 'zone.js/node'
