import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: SignedOutBrowserSession","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/SignedOutBrowserSession.md","filePath":"reference/adapters/express/interfaces/SignedOutBrowserSession.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/SignedOutBrowserSession.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / SignedOutBrowserSession</p><h1 id="interface-signedoutbrowsersession" tabindex="-1">Interface: SignedOutBrowserSession <a class="header-anchor" href="#interface-signedoutbrowsersession" aria-label="Permalink to &quot;Interface: SignedOutBrowserSession&quot;">​</a></h1><p>The session of a visitor who is not signed in, or whose session has ended.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="loginurl" tabindex="-1">loginUrl <a class="header-anchor" href="#loginurl" aria-label="Permalink to &quot;loginUrl&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>loginUrl</strong>: <code>string</code></p></blockquote><p>The path that starts a sign-in. To return to a page of this origin, add its path as the parameter <code>return_to</code>, for example <code>/auth/login?return_to=%2Forders%3Fpage%3D2</code>. With <code>easyAuth()</code>, the parameter is <code>post_login_redirect_uri</code>, which the path contains already.</p><hr><h3 id="user" tabindex="-1">user <a class="header-anchor" href="#user" aria-label="Permalink to &quot;user&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>user</strong>: <code>null</code></p></blockquote><p><code>null</code>, because no user is signed in.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/SignedOutBrowserSession.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SignedOutBrowserSession = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, SignedOutBrowserSession as default }
