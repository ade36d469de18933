import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: SignedInBrowserSession<View>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/SignedInBrowserSession.md","filePath":"reference/adapters/express/interfaces/SignedInBrowserSession.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/SignedInBrowserSession.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / SignedInBrowserSession</p><h1 id="interface-signedinbrowsersessionview" tabindex="-1">Interface: SignedInBrowserSession&lt;View&gt; <a class="header-anchor" href="#interface-signedinbrowsersessionview" aria-label="Permalink to &quot;Interface: SignedInBrowserSession\\&lt;View\\&gt;&quot;">​</a></h1><p>The session of a user, as the session endpoint and <code>auth.browserSession()</code> return it.</p><p>All times are relative, so that a wrong clock of the visitor does not matter.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="view" tabindex="-1">View <a class="header-anchor" href="#view" aria-label="Permalink to &quot;View&quot;">​</a></h3><p><code>View</code> = <code>object</code></p><p>The type that <code>sessionView</code> returns.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="absoluteexpiresinseconds" tabindex="-1">absoluteExpiresInSeconds <a class="header-anchor" href="#absoluteexpiresinseconds" aria-label="Permalink to &quot;absoluteExpiresInSeconds&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>absoluteExpiresInSeconds</strong>: <code>number</code></p></blockquote><p>The number of seconds until the session ends in any case.</p><hr><h3 id="expiresinseconds" tabindex="-1">expiresInSeconds <a class="header-anchor" href="#expiresinseconds" aria-label="Permalink to &quot;expiresInSeconds&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>expiresInSeconds</strong>: <code>number</code></p></blockquote><p>The number of seconds until the session ends, if the user sends no other request.</p><hr><h3 id="loginurl" tabindex="-1">loginUrl <a class="header-anchor" href="#loginurl" aria-label="Permalink to &quot;loginUrl&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>loginUrl</strong>: <code>string</code></p></blockquote><p>The path that starts a sign-in, for example with another account. To return to a page of this origin, add its path as the parameter <code>return_to</code>. With <code>easyAuth()</code>, the parameter is <code>post_login_redirect_uri</code>, which the path contains already.</p><hr><h3 id="logouturl" tabindex="-1">logoutUrl <a class="header-anchor" href="#logouturl" aria-label="Permalink to &quot;logoutUrl&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>logoutUrl</strong>: <code>string</code></p></blockquote><p>The path that signs the user out. Navigate to it, because the provider shows a page.</p><hr><h3 id="user" tabindex="-1">user <a class="header-anchor" href="#user" aria-label="Permalink to &quot;user&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>user</strong>: <code>View</code></p></blockquote><p>The part of the user that <code>sessionView</code> returned.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/SignedInBrowserSession.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SignedInBrowserSession = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, SignedInBrowserSession as default }
