import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: Handlers","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/next/interfaces/Handlers.md","filePath":"reference/adapters/next/interfaces/Handlers.md"}',
)
const _sfc_main = { name: 'reference/adapters/next/interfaces/Handlers.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/next</a> / Handlers</p><h1 id="interface-handlers" tabindex="-1">Interface: Handlers <a class="header-anchor" href="#interface-handlers" aria-label="Permalink to &quot;Interface: Handlers&quot;">​</a></h1><p>The exports of <code>route.ts</code> for the routes of sign-in.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="delete" tabindex="-1">DELETE <a class="header-anchor" href="#delete" aria-label="Permalink to &quot;DELETE&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>DELETE</strong>: <a href="./../type-aliases/Handler"><code>Handler</code></a></p></blockquote><p>Handles a request to a proxy.</p><hr><h3 id="get" tabindex="-1">GET <a class="header-anchor" href="#get" aria-label="Permalink to &quot;GET&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>GET</strong>: <a href="./../type-aliases/Handler"><code>Handler</code></a></p></blockquote><p>Handles sign-in, the authorization response, sign-out and front-channel logout.</p><hr><h3 id="head" tabindex="-1">HEAD <a class="header-anchor" href="#head" aria-label="Permalink to &quot;HEAD&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>HEAD</strong>: <a href="./../type-aliases/Handler"><code>Handler</code></a></p></blockquote><p>Handles a request to a proxy.</p><hr><h3 id="patch" tabindex="-1">PATCH <a class="header-anchor" href="#patch" aria-label="Permalink to &quot;PATCH&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>PATCH</strong>: <a href="./../type-aliases/Handler"><code>Handler</code></a></p></blockquote><p>Handles a request to a proxy.</p><hr><h3 id="post" tabindex="-1">POST <a class="header-anchor" href="#post" aria-label="Permalink to &quot;POST&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>POST</strong>: <a href="./../type-aliases/Handler"><code>Handler</code></a></p></blockquote><p>Handles an authorization response or a sign-out that is posted as a form, and back-channel logout.</p><hr><h3 id="put" tabindex="-1">PUT <a class="header-anchor" href="#put" aria-label="Permalink to &quot;PUT&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>PUT</strong>: <a href="./../type-aliases/Handler"><code>Handler</code></a></p></blockquote><p>Handles a request to a proxy.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/next/interfaces/Handlers.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Handlers = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Handlers as default }
