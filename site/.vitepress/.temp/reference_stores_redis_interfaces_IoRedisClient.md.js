import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: IoRedisClient","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/stores/redis/interfaces/IoRedisClient.md","filePath":"reference/stores/redis/interfaces/IoRedisClient.md"}',
)
const _sfc_main = { name: 'reference/stores/redis/interfaces/IoRedisClient.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/redis</a> / IoRedisClient</p><h1 id="interface-ioredisclient" tabindex="-1">Interface: IoRedisClient <a class="header-anchor" href="#interface-ioredisclient" aria-label="Permalink to &quot;Interface: IoRedisClient&quot;">​</a></h1><p>The methods of an ioredis client that this library uses (<code>Redis</code>, <code>Cluster</code>).</p><h2 id="methods" tabindex="-1">Methods <a class="header-anchor" href="#methods" aria-label="Permalink to &quot;Methods&quot;">​</a></h2><h3 id="call" tabindex="-1">call() <a class="header-anchor" href="#call" aria-label="Permalink to &quot;call()&quot;">​</a></h3><blockquote><p><strong>call</strong>(<code>command</code>, ...<code>args</code>): <code>Promise</code>&lt;<code>unknown</code>&gt;</p></blockquote><p>Sends a command.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="command" tabindex="-1">command <a class="header-anchor" href="#command" aria-label="Permalink to &quot;command&quot;">​</a></h5><p><code>string</code></p><p>The command&#39;s name.</p><h5 id="args" tabindex="-1">args <a class="header-anchor" href="#args" aria-label="Permalink to &quot;args&quot;">​</a></h5><p>...<code>string</code>[]</p><p>Its arguments.</p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>Promise</code>&lt;<code>unknown</code>&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/stores/redis/interfaces/IoRedisClient.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const IoRedisClient = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, IoRedisClient as default }
