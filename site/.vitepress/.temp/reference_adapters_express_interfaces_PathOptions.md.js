import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: PathOptions","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/PathOptions.md","filePath":"reference/adapters/express/interfaces/PathOptions.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/PathOptions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / PathOptions</p><h1 id="interface-pathoptions" tabindex="-1">Interface: PathOptions <a class="header-anchor" href="#interface-pathoptions" aria-label="Permalink to &quot;Interface: PathOptions&quot;">​</a></h1><p>The paths of routes that do not follow from <code>redirectUri</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="session" tabindex="-1">session? <a class="header-anchor" href="#session" aria-label="Permalink to &quot;session?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>session?</strong>: <code>string</code></p></blockquote><p>The path of the session endpoint in the browser. It requires the option <code>browser</code>.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>session</code> in the directory of <code>redirectUri</code>. For <a href="https://example.com/auth/redirect" target="_blank" rel="noreferrer">https://example.com/auth/redirect</a>, it is <code>/auth/session</code>.</p><h4 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(app, { paths: { session: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/api/session&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }, browser: { </span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">sessionView</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">: ({ </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">name</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> ({ name }) } })</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/PathOptions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const PathOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, PathOptions as default }
