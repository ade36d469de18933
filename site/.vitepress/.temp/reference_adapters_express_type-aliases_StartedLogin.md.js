import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: StartedLogin","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/StartedLogin.md","filePath":"reference/adapters/express/type-aliases/StartedLogin.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/StartedLogin.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / StartedLogin</p><h1 id="type-alias-startedlogin" tabindex="-1">Type Alias: StartedLogin <a class="header-anchor" href="#type-alias-startedlogin" aria-label="Permalink to &quot;Type Alias: StartedLogin&quot;">​</a></h1><blockquote><p><strong>StartedLogin</strong> = <a href="./../interfaces/StartedCodeLogin"><code>StartedCodeLogin</code></a> | <a href="./../interfaces/StartedDeviceLogin"><code>StartedDeviceLogin</code></a></p></blockquote><p>The data of a sign-in that <code>auth.startLogin()</code> started.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/StartedLogin.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const StartedLogin = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, StartedLogin as default }
