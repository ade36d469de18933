import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: AuthInfoExtra","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/AuthInfoExtra.md","filePath":"reference/adapters/express/interfaces/AuthInfoExtra.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/AuthInfoExtra.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / AuthInfoExtra</p><h1 id="interface-authinfoextra" tabindex="-1">Interface: AuthInfoExtra <a class="header-anchor" href="#interface-authinfoextra" aria-label="Permalink to &quot;Interface: AuthInfoExtra&quot;">​</a></h1><p>The caller, in <code>authInfo.extra</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="roles" tabindex="-1">roles <a class="header-anchor" href="#roles" aria-label="Permalink to &quot;roles&quot;">​</a></h3><blockquote><p><strong>roles</strong>: readonly <code>string</code>[]</p></blockquote><p>The app roles of the user, or the app permissions of the application at Microsoft.</p><hr><h3 id="user" tabindex="-1">user? <a class="header-anchor" href="#user" aria-label="Permalink to &quot;user?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>user?</strong>: <a href="./ApiUser"><code>ApiUser</code></a></p></blockquote><p>The user. <code>undefined</code> for an app-only token.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/AuthInfoExtra.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AuthInfoExtra = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AuthInfoExtra as default }
