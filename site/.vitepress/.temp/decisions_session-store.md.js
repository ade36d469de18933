import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"4. Sessions in a store","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/session-store.md","filePath":"decisions/session-store.md"}',
)
const _sfc_main = { name: 'decisions/session-store.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="4-sessions-in-a-store" tabindex="-1">4. Sessions in a store <a class="header-anchor" href="#4-sessions-in-a-store" aria-label="Permalink to &quot;4. Sessions in a store&quot;">​</a></h1><h2 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h2><p>Some applications need to end sessions on the server, keep large tokens, or coordinate refreshes between servers. They need a shared store. Many stores exist, and a store can be slow, unavailable, or read by another person.</p><h2 id="decision" tabindex="-1">Decision <a class="header-anchor" href="#decision" aria-label="Permalink to &quot;Decision&quot;">​</a></h2><p><strong>Content.</strong> The cookie contains a random ID of 256 bits. The store key is a hash of that ID. The values are encrypted for their key. A person who can read the store cannot decrypt the records, and records do not work under another key. One record contains the user and the times. Another record contains the tokens. So a request that extends a session cannot overwrite tokens that another server refreshed.</p><p><strong>Revocation.</strong> A sign-out writes a revocation marker. The marker is for one session, for all sessions of a user, or for one session at the provider. Every request reads the markers together with the session. A session contains a list of the markers that existed when it started. Every other marker ends the session. This rule does not depend on clocks, and a late write cannot restore a session.</p><p><strong>Refresh.</strong> One server acquires the store&#39;s lock and refreshes. The other servers wait, and then read the result. If the store does not support locks, two servers can refresh at once. The server whose refresh fails then reads the newer tokens from the store.</p><p><strong>Failures.</strong> <code>session/store/reliable-store.ts</code> applies these rules to every store:</p><ul><li>A store call has a timeout.</li><li>After three failures in a row, the circuit breaker opens. It tests the store once a second with one request.</li><li>At most 5,000 requests wait for the store.</li><li>If a session cannot be read, the request fails with <code>store_unavailable</code>: status 503 with <code><span class="word">Retry-After</span></code>. The user is not treated as signed out, and not as signed in.</li><li>While the store is unavailable, the library does not accept a session that it read before.</li></ul><h2 id="consequences" tabindex="-1">Consequences <a class="header-anchor" href="#consequences" aria-label="Permalink to &quot;Consequences&quot;">​</a></h2><ul><li>Any store with <code>get</code>, <code>set</code> and <code>delete</code> works: a <code>Map</code>, a <code>Keyv</code>, an express-session store, Redis and Valkey. A lock, <code>getMany</code> and <code>touch</code> are optional.</li><li>When the store is down, users with a session get 503. Public routes and users without a session are not affected.</li><li>Every guarded request needs one round trip to the store.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'decisions/session-store.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const sessionStore = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, sessionStore as default }
