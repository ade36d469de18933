import type { Interaction } from '../../state/interaction.js'
import { html, type Html } from './html.js'

/** The form of a sign-in page, which posts to the interaction. */
export const interactionForm: {
  wrap(interaction: Interaction, content: Html): Html
  targets(interaction: Interaction): readonly string[]
} = {
  wrap: ({ id, profile }, content) =>
    html`<form method="post" action="/${profile.key}/interaction/${id}">${content}</form>`,
  targets: ({ purpose }) =>
    purpose.kind === 'authorize' ? [purpose.request.responseTarget.redirectUri] : [],
}
