{{- define "infraai.name" -}}
{{- printf "%s-%s" .Release.Name "infraai" | replace "infraai-infraai" "infraai" | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "infraai.selector" -}}
app.kubernetes.io/name: infraai
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "infraai.labels" -}}
{{ include "infraai.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "infraai.image" -}}
{{- with .root.Values.image -}}
{{- if .registry }}{{ .registry }}/{{ end }}{{ .repository }}/{{ $.component }}:{{ .tag | default $.root.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "infraai.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "infraai.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* Where Redis is, by the client's scheme: one server, the Sentinels, or nodes of a cluster. */}}
{{- define "infraai.redisHosts" -}}
{{- $redis := .root.Values.redis -}}
{{- $scheme := printf "%s://%s" (ternary "rediss" "redis" $redis.tls.enabled) (ternary (printf "infraai-%s@" .component) "" $redis.users) -}}
{{- if eq $redis.mode "standalone" -}}
{{ $scheme }}{{ required "redis.host is needed" $redis.host }}:{{ $redis.port }}/{{ $redis.database }}
{{- else -}}
{{- range $index, $node := required "redis.nodes is needed" $redis.nodes -}}
{{ if $index }},{{ end }}{{ $scheme }}{{ $node }}{{ if eq $redis.mode "sentinel" }}/{{ $redis.database }}{{ end }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "infraai.redisPasswordKey" -}}
{{ ternary (printf "infraai-%s" .component) .root.Values.redis.passwordKey .root.Values.redis.users }}
{{- end -}}

{{/* Where the servers are, for a service or, as one of them, the migration. */}}
{{- define "infraai.servers" -}}
{{- $sql := .root.Values.postgresql -}}
{{- $address := printf "%s:%v/%s" (required "postgresql.host is needed" $sql.host) $sql.port $sql.database -}}
quarkus.datasource.username: infraai_app
{{- if $sql.tls.enabled }}
quarkus.datasource.reactive.url: "postgresql://{{ $address }}?sslmode=verify-full"
quarkus.datasource.reactive.hostname-verification-algorithm: HTTPS
quarkus.datasource.jdbc.url: "jdbc:postgresql://{{ $address }}?sslmode=verify-full{{ if $sql.tls.caSecret }}&sslrootcert=/etc/infraai/postgresql/ca.crt{{ else }}&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory{{ end }}"
{{- if $sql.tls.caSecret }}
quarkus.datasource.reactive.trust-certificate-pem: "true"
quarkus.datasource.reactive.trust-certificate-pem.certs: /etc/infraai/postgresql/ca.crt
{{- end }}
{{- else }}
quarkus.datasource.reactive.url: "postgresql://{{ $address }}"
quarkus.datasource.jdbc.url: "jdbc:postgresql://{{ $address }}"
{{- end }}
quarkus.redis.hosts: {{ include "infraai.redisHosts" . | quote }}
{{- with .root.Values.redis }}
{{- if ne .mode "standalone" }}
quarkus.redis.client-type: {{ .mode }}
{{- end }}
{{- if eq .mode "sentinel" }}
quarkus.redis.master-name: {{ .masterName | quote }}
{{- end }}
{{- if .tls.enabled }}
quarkus.redis.tls.enabled: "true"
quarkus.redis.tls.hostname-verification-algorithm: HTTPS
{{- if .tls.caSecret }}
quarkus.redis.tls.trust-certificate-pem: "true"
quarkus.redis.tls.trust-certificate-pem.certs: /etc/infraai/redis/ca.crt
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What one service is configured with, as properties; the most particular key wins. */}}
{{- define "infraai.properties" -}}
{{- $own := index .root.Values .component -}}
{{- $keys := merge (dict) $own.config .root.Values.config (include "infraai.servers" . | fromYaml) -}}
{{- $_ := set $keys "quarkus.flyway.migrate-at-start" "false" -}}
{{- /* requests have the time at the gateway, bells' handlers elsewhere; the rest is for giving back and closing */ -}}
{{- if eq .component "gateway" -}}
{{- $_ := set $keys "quarkus.shutdown.timeout" (printf "%vS" (sub (int $own.drainSeconds) 15)) -}}
{{- else -}}
{{- $_ := set $keys "mp.messaging.connector.redis-streams.grace" (printf "%vS" (sub (int $own.drainSeconds) 10)) -}}
{{- end -}}
{{- if eq .component "worker" -}}
{{- $_ := set $keys "infraai.worker.slots" ($own.slots | toString) -}}
{{- end -}}
{{- if ne .component "worker" -}}
{{- $policies := .root.Values.policies -}}
{{- $protected := $policies.protectedNamespaces -}}
{{- if $policies.protectOwnNamespace }}{{ $protected = append $protected .root.Release.Namespace | uniq }}{{ end -}}
{{- $_ := set $keys "infraai.policies.protected-namespaces" (join "," $protected) -}}
{{- end -}}
{{- if has .component (list "gateway" "healing") -}}
{{- $_ := set $keys "infraai.policies.default-mode" .root.Values.policies.defaultMode -}}
{{- end -}}
{{- if eq .component "gateway" -}}
{{- $_ := set $keys "infraai.api-key-pepper-file" "/etc/infraai/keys/pepper" -}}
{{- $_ := set $keys "infraai.admin-key-file" "/etc/infraai/keys/admin.key" -}}
{{- end -}}
{{- range $key := keys $keys | sortAlpha }}
{{ $key | replace ":" "\\:" | replace "=" "\\=" | replace " " "\\ " }}={{ get $keys $key | toString | replace "\\" "\\\\" | replace "\n" "\\n" }}
{{- end }}
{{- end -}}

{{- define "infraai.passwords" -}}
{{- $sql := .root.Values.postgresql -}}
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ required "postgresql.app.existingSecret is needed" $sql.app.existingSecret }}
      key: {{ $sql.app.passwordKey }}
{{- if .root.Values.redis.existingSecret }}
- name: QUARKUS_REDIS_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.redis.existingSecret }}
      key: {{ include "infraai.redisPasswordKey" . }}
{{- end }}
{{- end -}}

{{- define "infraai.authorityMounts" -}}
{{- if .Values.csi.secretProviderClass }}
- {name: csi, mountPath: /etc/infraai/csi, readOnly: true}
{{- end }}
{{- if and .Values.postgresql.tls.enabled .Values.postgresql.tls.caSecret }}
- {name: postgresql-ca, mountPath: /etc/infraai/postgresql, readOnly: true}
{{- end }}
{{- if and .Values.redis.tls.enabled .Values.redis.tls.caSecret }}
- {name: redis-ca, mountPath: /etc/infraai/redis, readOnly: true}
{{- end }}
{{- end -}}

{{- define "infraai.authorityVolumes" -}}
{{- if .Values.csi.secretProviderClass }}
- name: csi
  csi:
    driver: secrets-store.csi.k8s.io
    readOnly: true
    volumeAttributes: {secretProviderClass: {{ .Values.csi.secretProviderClass }}}
{{- end }}
{{- if and .Values.postgresql.tls.enabled .Values.postgresql.tls.caSecret }}
- name: postgresql-ca
  secret: {secretName: {{ .Values.postgresql.tls.caSecret }}}
{{- end }}
{{- if and .Values.redis.tls.enabled .Values.redis.tls.caSecret }}
- name: redis-ca
  secret: {secretName: {{ .Values.redis.tls.caSecret }}}
{{- end }}
{{- end -}}

{{/*
The rights of the tools in rbac.json, as rules: of all tools or, unless "changing", of those that only look; of all scopes, or of
one. One rule for each resource, so that what is granted reads as a table.
*/}}
{{- define "infraai.rules" -}}
{{- $rights := dict -}}
{{- range $tool, $need := (.root.Files.Get "rbac.json" | fromJson).tools -}}
{{- if and (or $.changing (not $need.changes)) (not (has $tool $.root.Values.rbac.exclude)) -}}
{{- $rules := $need.rules -}}
{{- range (ternary $.root.Values.rbac.changeable $.root.Values.rbac.readable $need.changes) -}}
{{- if $need.anyKind -}}
{{- $rules = append $rules (dict "scope" "namespace" "apiGroups" .apiGroups "resources" .resources "verbs" $need.anyKind) -}}
{{- end -}}
{{- end -}}
{{- range $rule := $rules -}}
{{- if or (eq $.scope "any") (eq $.scope $rule.scope) -}}
{{- range $group := $rule.apiGroups -}}
{{- range $resource := $rule.resources -}}
{{- $key := printf "%s/%s" $group $resource -}}
{{- $_ := set $rights $key (concat (get $rights $key | default list) $rule.verbs | uniq | sortAlpha) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key := keys $rights | sortAlpha }}
{{- $parts := splitn "/" 2 $key }}
- {apiGroups: [{{ $parts._0 | quote }}], resources: [{{ $parts._1 | quote }}], verbs: [{{ get $rights $key | join ", " }}]}
{{- end }}
{{- end -}}

{{/* More at once, fewer one by one: a queue that was just emptied may fill again. */}}
{{- define "infraai.behavior" -}}
scaleUp:
  stabilizationWindowSeconds: 0
  policies:
    - {type: Percent, value: 100, periodSeconds: 15}
    - {type: Pods, value: 4, periodSeconds: 15}
  selectPolicy: Max
scaleDown:
  stabilizationWindowSeconds: {{ .Values.worker.autoscaling.scaleDownSeconds }}
  policies:
    - {type: Pods, value: 1, periodSeconds: 30}
{{- end -}}
