{{- define "specloom.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "specloom.labels" -}}
app.kubernetes.io/name: specloom
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "specloom.selector" -}}
app.kubernetes.io/name: specloom
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "specloom.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
  - name: data
    mountPath: /data
  - name: tmp
    mountPath: /tmp
env:
  - name: SPECLOOM_APP_ID
    valueFrom:
      secretKeyRef: {name: {{ .Values.credentials }}, key: app-id}
  - name: SPECLOOM_PRIVATE_KEY
    valueFrom:
      secretKeyRef: {name: {{ .Values.credentials }}, key: private-key}
  - name: SPECLOOM_WEBHOOK_SECRET
    valueFrom:
      secretKeyRef: {name: {{ .Values.credentials }}, key: webhook-secret}
  - name: SPECLOOM_GITHUB_API_URL
    value: {{ .Values.github.apiUrl | quote }}
  - name: SPECLOOM_PUBLIC_URL
    value: {{ .Values.publicUrl | quote }}
  - name: REDIS_URL
    value: {{ required "redisUrl: give the address of a Redis that keeps its data" .Values.redisUrl | quote }}
  {{- range $name, $value := .Values.env }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
{{- end -}}

{{- define "specloom.pod" -}}
automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  fsGroup: 10001
  seccompProfile:
    type: RuntimeDefault
{{- end -}}
