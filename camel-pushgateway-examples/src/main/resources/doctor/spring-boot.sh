java -cp application.jar -Dloader.main=io.github.camelpushgateway.doctor.Doctor \
  org.springframework.boot.loader.launch.PropertiesLauncher http://localhost:9091
