# the application ends when the job has ended
camel run nightly.yaml application.properties --max-messages=1 \
  --dep=mvn:io.github.camel-pushgateway:camel-pushgateway:0.1.0-SNAPSHOT
