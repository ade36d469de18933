import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: StartedCodeLogin","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/StartedCodeLogin.md","filePath":"reference/adapters/express/interfaces/StartedCodeLogin.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/StartedCodeLogin.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / StartedCodeLogin</p><h1 id="interface-startedcodelogin" tabindex="-1">Interface: StartedCodeLogin <a class="header-anchor" href="#interface-startedcodelogin" aria-label="Permalink to &quot;Interface: StartedCodeLogin&quot;">​</a></h1><p>A sign-in at the provider&#39;s page. The result of <code>auth.startLogin()</code> without <code>flow: <span class="word">&#39;device-code&#39;</span></code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="flow" tabindex="-1">flow <a class="header-anchor" href="#flow" aria-label="Permalink to &quot;flow&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>flow</strong>: <code>&quot;code&quot;</code></p></blockquote><p>Distinguishes the results.</p><hr><h3 id="url" tabindex="-1">url <a class="header-anchor" href="#url" aria-label="Permalink to &quot;url&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>url</strong>: <code>string</code></p></blockquote><p>The URL of the provider. Send the browser there. It works once, and only in the browser that gets the response.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/StartedCodeLogin.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const StartedCodeLogin = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, StartedCodeLogin as default }
