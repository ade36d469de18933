import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: NodeRedisSentinel","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/stores/redis/interfaces/NodeRedisSentinel.md","filePath":"reference/stores/redis/interfaces/NodeRedisSentinel.md"}',
)
const _sfc_main = { name: 'reference/stores/redis/interfaces/NodeRedisSentinel.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/redis</a> / NodeRedisSentinel</p><h1 id="interface-noderedissentinel" tabindex="-1">Interface: NodeRedisSentinel <a class="header-anchor" href="#interface-noderedissentinel" aria-label="Permalink to &quot;Interface: NodeRedisSentinel&quot;">​</a></h1><p>The methods of a node-redis sentinel client that this library uses (<code>createSentinel</code>).</p><h2 id="methods" tabindex="-1">Methods <a class="header-anchor" href="#methods" aria-label="Permalink to &quot;Methods&quot;">​</a></h2><h3 id="sendcommand" tabindex="-1">sendCommand() <a class="header-anchor" href="#sendcommand" aria-label="Permalink to &quot;sendCommand()&quot;">​</a></h3><blockquote><p><strong>sendCommand</strong>(<code>isReadonly</code>, <code>args</code>): <code>Promise</code>&lt;<code>unknown</code>&gt;</p></blockquote><p>Sends a command to the master.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="isreadonly" tabindex="-1">isReadonly <a class="header-anchor" href="#isreadonly" aria-label="Permalink to &quot;isReadonly&quot;">​</a></h5><p><code>boolean</code></p><p>Whether a replica may run the command.</p><h5 id="args" tabindex="-1">args <a class="header-anchor" href="#args" aria-label="Permalink to &quot;args&quot;">​</a></h5><p><code>string</code>[]</p><p>The command&#39;s name and its arguments.</p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>Promise</code>&lt;<code>unknown</code>&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/stores/redis/interfaces/NodeRedisSentinel.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const NodeRedisSentinel = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, NodeRedisSentinel as default }
